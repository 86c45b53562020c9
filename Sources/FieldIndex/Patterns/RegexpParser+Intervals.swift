extension RegexpParser {
    /// `<min-max>`: numbers in decimals, with leading zeros as the ends have them if both have as many digits.
    mutating func interval() throws(TermPatternError) -> RegexpTerms.ID {
        let begin = position
        let first = try integer()
        let firstDigits = position - begin
        guard take("-") else { throw malformed("illegal identifier") }
        let second = position
        let last = try integer()
        let lastDigits = position - second
        guard take(">") else { throw malformed("expected '>'") }
        let (low, high) = (min(first, last), max(first, last))
        if firstDigits == lastDigits { return numbers(Self.digits(low, firstDigits), Self.digits(high, firstDigits)) }
        let zeros = terms.star(literal("0"))
        let lengths = String(low).count...String(high).count
        let parts = lengths.map { length in
            let least = length == lengths.lowerBound ? Self.digits(low, length) : [1] + [UInt8](repeating: 0, count: length - 1)
            let most = length == lengths.upperBound ? Self.digits(high, length) : [UInt8](repeating: 9, count: length)
            return numbers(least, most)
        }
        return terms.sequence(zeros, terms.union(parts))
    }

    private static func digits(_ value: Int, _ count: Int) -> [UInt8] {
        let digits = String(value).utf8.map { $0 - 0x30 }
        return [UInt8](repeating: 0, count: max(0, count - digits.count)) + digits
    }

    /// Numbers of as many digits between two.
    private mutating func numbers(_ low: [UInt8], _ high: [UInt8]) -> RegexpTerms.ID {
        func digit(_ range: ClosedRange<UInt8>) -> RegexpTerms.ID {
            terms.scalars([UInt32(range.lowerBound) + 0x30...UInt32(range.upperBound) + 0x30])
        }
        func free(_ count: Int) -> RegexpTerms.ID {
            (0..<count).reduce(RegexpTerms.empty) { rest, _ in terms.sequence(digit(0...9), rest) }
        }
        guard let first = low.first, let last = high.first else { return RegexpTerms.empty }
        let (lowRest, highRest) = (Array(low.dropFirst()), Array(high.dropFirst()))
        if first == last { return terms.sequence(digit(first...first), numbers(lowRest, highRest)) }
        var parts = [
            terms.sequence(digit(first...first), numbers(lowRest, [UInt8](repeating: 9, count: lowRest.count))),
            terms.sequence(digit(last...last), numbers([UInt8](repeating: 0, count: highRest.count), highRest)),
        ]
        if last - first > 1 { parts.append(terms.sequence(digit((first + 1)...(last - 1)), free(lowRest.count))) }
        return terms.union(parts)
    }
}
