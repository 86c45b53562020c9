extension RegexpParser {
    /// `\d`, `\w`, `\s` and their opposites, after the backslash.
    mutating func predefinedClass() -> [ClosedRange<UInt32>]? {
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

    mutating func characterClass() throws(TermPatternError) -> RegexpTerms.ID {
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
}
