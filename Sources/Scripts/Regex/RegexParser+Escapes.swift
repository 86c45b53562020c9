extension RegexParser {
    /// What a backslash begins.
    mutating func escape() -> RegexNode? {
        guard let scalar = next else { return nil }
        if let kind = Self.kind(scalar) {
            position += 1
            return .set(RegexSet(classes: [kind]))
        }
        switch scalar {
        case "b", "B", "A", "z", "Z":
            position += 1
            return scalar == "b" ? .wordBoundary : scalar == "B" ? .notWordBoundary : scalar == "A" ? .start : scalar == "z" ? .finalEnd : .end
        case "1"..."9":
            guard let number = number(), number <= groupCount else { return nil }
            return .reference(number)
        case "k":
            position += 1
            guard take("<") else { return nil }
            var name = ""
            while let scalar = next, scalar != ">" {
                name.unicodeScalars.append(scalar)
                position += 1
            }
            guard take(">"), let number = names[name] else { return nil }
            return .reference(number)
        case "p", "P":
            guard let kind = property() else { return nil }
            return .set(RegexSet(classes: [kind]))
        case "h":
            position += 1
            return .set(RegexSet(ranges: [9...9, 32...32]))
        case "R":
            position += 1
            return .alternatives([.sequence([.character("\r"), .character("\n")]), .set(RegexSet(ranges: [10...13, 0x85...0x85]))])
        case "Q":
            position += 1
            var nodes: [RegexNode] = []
            while position < text.count, !take("\\E") {
                nodes.append(.character(text[position]))
                position += 1
            }
            return .sequence(nodes)
        default: return literal().map { .character($0) }
        }
    }

    static func kind(_ scalar: Unicode.Scalar) -> (kind: RegexSet.Class, isNegated: Bool)? {
        switch scalar {
        case "d": (.digit, false)
        case "D": (.digit, true)
        case "w": (.word, false)
        case "W": (.word, true)
        case "s": (.space, false)
        case "S": (.space, true)
        default: nil
        }
    }

    mutating func property() -> (kind: RegexSet.Class, isNegated: Bool)? {
        let isNegated = next == "P"
        position += 1
        var name = ""
        if take("{") {
            while let scalar = next, scalar != "}" {
                name.unicodeScalars.append(scalar)
                position += 1
            }
            guard take("}") else { return nil }
        } else if let scalar = next {
            name = String(scalar)
            position += 1
        }
        switch name {
        case "Alpha", "L", "IsAlphabetic": return (.letter, isNegated)
        case "Digit", "N", "Nd": return (.digit, isNegated)
        case "Alnum": return (.alphanumeric, isNegated)
        case "Upper", "Lu": return (.upper, isNegated)
        case "Lower", "Ll": return (.lower, isNegated)
        case "Punct", "P": return (.punctuation, isNegated)
        case "Space": return (.space, isNegated)
        case "XDigit": return (.hexadecimal, isNegated)
        default: return nil
        }
    }

    /// What stands behind a backslash for itself or a control character.
    mutating func literal() -> Unicode.Scalar? {
        guard let scalar = next else { return nil }
        position += 1
        switch scalar {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "f": return "\u{0C}"
        case "e": return "\u{1B}"
        case "0": return "\0"
        case "x", "u":
            let count = scalar == "x" ? 2 : 4
            var value: UInt32 = 0
            for _ in 0..<count {
                guard let digit = next.flatMap({ Character($0).hexDigitValue }) else { return nil }
                value = value * 16 + UInt32(digit)
                position += 1
            }
            return Unicode.Scalar(value)
        default:
            let isLetter = 65...90 ~= scalar.value || 97...122 ~= scalar.value
            return isLetter ? nil : scalar
        }
    }
}
