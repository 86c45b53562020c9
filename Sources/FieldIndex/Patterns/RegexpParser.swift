/// Reads Lucene's syntax of regular expressions.
///
/// Source: https://www.elastic.co/docs/reference/query-languages/query-dsl/regexp-syntax
struct RegexpParser {
    /// Elasticsearch's `index.max_regex_length`, and as many nested groups.
    private static let maximumDepth = 150
    /// Terms that repetitions may be written out to.
    private static let maximumTerms = 20_000
    private static let any: [ClosedRange<UInt32>] = [0...0x10FFFF]

    private(set) var terms = RegexpTerms()
    private let pattern: String
    private let scalars: [Unicode.Scalar]
    private let flags: RegexpFlags
    private let ignoresCase: Bool
    private var position = 0
    private var depth = 0

    init(_ pattern: String, flags: RegexpFlags, ignoresCase: Bool) {
        self.pattern = pattern
        scalars = Array(pattern.unicodeScalars)
        self.flags = flags
        self.ignoresCase = ignoresCase
    }

    mutating func parse() throws(TermPatternError) -> RegexpTerms.ID {
        if scalars.isEmpty { return RegexpTerms.empty }
        let term = try union()
        guard position == scalars.count else { throw malformed("end-of-string expected") }
        return term
    }

    private func malformed(_ reason: String) -> TermPatternError {
        .malformed(pattern: pattern, position: position, reason: reason)
    }

    private func peek(_ scalar: Unicode.Scalar) -> Bool { position < scalars.count && scalars[position] == scalar }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek(scalar) else { return false }
        position += 1
        return true
    }

    private mutating func union() throws(TermPatternError) -> RegexpTerms.ID {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.maximumDepth else { throw malformed("too many nested groups") }
        var parts = [try intersection()]
        while take("|") { parts.append(try intersection()) }
        return terms.union(parts)
    }

    private mutating func intersection() throws(TermPatternError) -> RegexpTerms.ID {
        var parts = [try sequence()]
        while flags.contains(.intersection), take("&") { parts.append(try sequence()) }
        return terms.intersection(parts)
    }

    private mutating func sequence() throws(TermPatternError) -> RegexpTerms.ID {
        var parts: [RegexpTerms.ID] = []
        repeat { parts.append(try repetition()) } while
            position < scalars.count && !peek(")") && !peek("|") && !(flags.contains(.intersection) && peek("&"))
        return parts.reversed().reduce(RegexpTerms.empty) { terms.sequence($1, $0) }
    }

    private mutating func repetition() throws(TermPatternError) -> RegexpTerms.ID {
        var term = try complement()
        while true {
            if take("?") {
                term = terms.union([term, RegexpTerms.empty])
            } else if take("*") {
                term = terms.star(term)
            } else if take("+") {
                term = terms.sequence(term, terms.star(term))
            } else if take("{") {
                let least = try integer()
                var most: Int? = least
                if take(",") { most = peek("}") ? nil : try integer() }
                guard take("}") else { throw malformed("expected '}'") }
                term = try repeated(term, least, most)
            } else {
                return term
            }
        }
    }

    private mutating func repeated(_ term: RegexpTerms.ID, _ least: Int, _ most: Int?) throws(TermPatternError) -> RegexpTerms.ID {
        guard max(least, most ?? 0) <= 1000 else { throw malformed("too many repetitions") }
        if let most, most < least { return RegexpTerms.nothing }
        var result = RegexpTerms.empty
        if let most {
            for _ in least..<most { result = terms.union([terms.sequence(term, result), RegexpTerms.empty]) }
        } else {
            result = terms.star(term)
        }
        for _ in 0..<least { result = terms.sequence(term, result) }
        guard terms.terms.count <= Self.maximumTerms else { throw malformed("too many repetitions") }
        return result
    }

    private mutating func integer() throws(TermPatternError) -> Int {
        let digits = scalars[position...].prefix { ("0"..."9").contains($0) }
        guard let value = Int(String(String.UnicodeScalarView(digits))) else { throw malformed("integer expected") }
        position += digits.count
        return value
    }

    private mutating func complement() throws(TermPatternError) -> RegexpTerms.ID {
        guard flags.contains(.complement), take("~") else { return try atom() }
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.maximumDepth else { throw malformed("too many nested groups") }
        return terms.complement(try complement())
    }

    private mutating func atom() throws(TermPatternError) -> RegexpTerms.ID {
        if take("[") { return try characterClass() }
        if take(".") { return terms.scalars(Self.any) }
        if flags.contains(.empty), take("#") { return RegexpTerms.nothing }
        if flags.contains(.anyString), take("@") { return terms.star(terms.scalars(Self.any)) }
        if take("\"") {
            var parts: [RegexpTerms.ID] = []
            while position < scalars.count, !peek("\"") {
                parts.append(literal(scalars[position]))
                position += 1
            }
            guard take("\"") else { throw malformed("expected '\"'") }
            return parts.reversed().reduce(RegexpTerms.empty) { terms.sequence($1, $0) }
        }
        if take("(") {
            if take(")") { return RegexpTerms.empty }
            let inner = try union()
            guard take(")") else { throw malformed("expected ')'") }
            return inner
        }
        if flags.contains(.interval), peek("<") {
            position += 1
            return try interval()
        }
        if take("\\") {
            if let ranges = predefinedClass() { return terms.scalars(ranges) }
        }
        guard position < scalars.count else { throw malformed("unexpected end-of-string") }
        defer { position += 1 }
        return literal(scalars[position])
    }

    private mutating func literal(_ scalar: Unicode.Scalar) -> RegexpTerms.ID { terms.scalars(cases(scalar)) }

    private func cases(_ scalar: Unicode.Scalar) -> [ClosedRange<UInt32>] {
        let value = scalar.value
        guard ignoresCase, (0x41...0x5A).contains(value & ~0x20) else { return [value...value] }
        return [(value & ~0x20)...(value & ~0x20), (value | 0x20)...(value | 0x20)]
    }

    /// `\d`, `\w`, `\s` and their opposites, after the backslash.
    private mutating func predefinedClass() -> [ClosedRange<UInt32>]? {
        guard position < scalars.count else { return nil }
        let ranges: [ClosedRange<UInt32>]
        switch scalars[position] {
        case "d", "D": ranges = [0x30...0x39]
        case "w", "W": ranges = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
        case "s", "S": ranges = [0x09...0x0A, 0x0D...0x0D, 0x20...0x20]
        default: return nil
        }
        defer { position += 1 }
        return ["D", "W", "S"].contains(scalars[position]) ? Self.others(ranges) : ranges
    }

    private static func others(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var rest: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { rest.append(next...(range.lowerBound - 1)) }
            next = max(next, range.upperBound + 1)
        }
        if next <= 0x10FFFF { rest.append(next...0x10FFFF) }
        return rest
    }

    private mutating func characterClass() throws(TermPatternError) -> RegexpTerms.ID {
        let isNegated = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        repeat {
            if take("\\") {
                if let predefined = predefinedClass() {
                    ranges += predefined
                    continue
                }
            }
            let first = try next()
            if peek("-"), position + 1 < scalars.count, scalars[position + 1] != "]" {
                position += 1
                _ = take("\\")
                let last = try next()
                guard first.value <= last.value else { throw malformed("invalid range") }
                ranges.append(first.value...last.value)
            } else {
                ranges += cases(first)
            }
        } while position < scalars.count && !peek("]")
        guard take("]") else { throw malformed("expected ']'") }
        return terms.scalars(isNegated ? Self.others(ranges) : ranges)
    }

    private mutating func next() throws(TermPatternError) -> Unicode.Scalar {
        guard position < scalars.count else { throw malformed("unexpected end-of-string") }
        defer { position += 1 }
        return scalars[position]
    }

    // MARK: Intervals

    /// `<min-max>`: numbers in decimals, with leading zeros as the ends have them if both have as many digits.
    private mutating func interval() throws(TermPatternError) -> RegexpTerms.ID {
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
