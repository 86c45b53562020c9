extension PatternParser {
    /// What stands behind a backslash, outside of brackets.
    mutating func escape() throws(AnalysisError) -> PatternNode {
        guard let scalar = peek else { throw refuse("Unexpected internal error") }
        switch scalar {
        case 0x62: index += 1; return .assertion(.wordBoundary)
        case 0x42: index += 1; return .assertion(.noWordBoundary)
        case 0x41: index += 1; return .assertion(.textStart)
        case 0x7A: index += 1; return .assertion(.textEnd)
        case 0x5A: index += 1; return .assertion(.textEndBeforeNewline)
        case 0x51:
            index += 1
            var parts: [PatternNode] = []
            while let scalar = peek, !skip("\\E") {
                parts.append(literal(scalar))
                index += 1
            }
            return .sequence(parts)
        case 0x31...0x39, 0x6B: throw refuse("Back references are not supported")
        case 0x47, 0x58, 0x52: throw refuse("Illegal/unsupported escape sequence")
        default: break
        }
        if let set = try escapedClass() { return .set(set) }
        return literal(try escapedScalar())
    }

    /// `\d`, `\p{L}` and their kin; nil for an escape that is one scalar.
    private mutating func escapedClass() throws(AnalysisError) -> ScalarSet? {
        guard let scalar = peek else { return nil }
        var set: ScalarSet
        switch scalar | 0x20 {
        case 0x64: set = ScalarSet([0x30...0x39])
        case 0x77: set = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
        case 0x73: set = ScalarSet([0x09...0x0D, 0x20...0x20])
        case 0x68: set = ScalarSet([0x09...0x09, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x3000...0x3000])
        case 0x76: set = ScalarSet([0x0A...0x0D, 0x85...0x85, 0x2028...0x2029])
        case 0x70:
            index += 1
            set = ScalarSet(property: try property())
            set.isNegated = scalar == 0x50
            return set
        default: return nil
        }
        index += 1
        set.isNegated = scalar & 0x20 == 0
        return set
    }

    private mutating func escapedScalar() throws(AnalysisError) -> UInt32 {
        guard let scalar = peek else { throw refuse("Unexpected end of pattern") }
        index += 1
        switch scalar {
        case 0x74: return 0x09
        case 0x6E: return 0x0A
        case 0x72: return 0x0D
        case 0x66: return 0x0C
        case 0x61: return 0x07
        case 0x65: return 0x1B
        case 0x75: return try hexadecimal(digits: 4)
        case 0x78:
            guard skip("{") else { return try hexadecimal(digits: 2) }
            var value: UInt32 = 0
            while let digit = peek, digit != 0x7D, value < 0x110000 { value = value << 4 | (try hexadecimalDigit()) }
            guard skip("}"), Unicode.Scalar(value) != nil else { throw refuse("Unclosed hexadecimal escape sequence") }
            return value
        case 0x41...0x5A, 0x61...0x7A: throw refuse("Illegal/unsupported escape sequence")
        default: return scalar
        }
    }

    private mutating func hexadecimal(digits: Int) throws(AnalysisError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits { value = value << 4 | (try hexadecimalDigit()) }
        return value
    }

    private mutating func hexadecimalDigit() throws(AnalysisError) -> UInt32 {
        guard let scalar = peek else { throw refuse("Illegal hexadecimal escape sequence") }
        index += 1
        switch scalar {
        case 0x30...0x39: return scalar - 0x30
        case 0x41...0x46: return scalar - 0x37
        case 0x61...0x66: return scalar - 0x57
        default: throw refuse("Illegal hexadecimal escape sequence")
        }
    }

    /// What stands in brackets; the opening one is read.
    mutating func characterClass(depth: Int = 0) throws(AnalysisError) -> ScalarSet {
        guard depth < 20 else { throw refuse("Character classes nested too deeply") }
        var set = ScalarSet(ignoresCase: flags.ignoresCase)
        set.isNegated = skip("^")
        var isFirst = true
        while true {
            guard let scalar = peek else { throw refuse("Unclosed character class") }
            if scalar == 0x5D, !isFirst {
                index += 1
                return set
            }
            isFirst = false
            if skip("&&") {
                set.others.append(try intersection(depth: depth))
            } else if scalar == 0x5B {
                index += 1
                let inner = try characterClass(depth: depth + 1)
                set.properties.append { inner.contains($0) }
            } else {
                try addMember(to: &set)
            }
        }
    }

    /// The rest of a class behind `&&`; its closing bracket stays.
    private mutating func intersection(depth: Int) throws(AnalysisError) -> ScalarSet {
        if skip("[") { return try characterClass(depth: depth + 1) }
        var set = ScalarSet(ignoresCase: flags.ignoresCase)
        while let scalar = peek, scalar != 0x5D, !isNext("&&") { try addMember(to: &set) }
        return set
    }

    private mutating func addMember(to set: inout ScalarSet) throws(AnalysisError) {
        if skip("\\") {
            if let inner = try escapedClass() {
                set.properties.append { inner.contains($0) }
                return
            }
            return try addRange(from: try escapedScalar(), to: &set)
        }
        guard let first = peek else { throw refuse("Unclosed character class") }
        index += 1
        try addRange(from: first, to: &set)
    }

    private mutating func addRange(from first: UInt32, to set: inout ScalarSet) throws(AnalysisError) {
        guard isNext("-"), index + 1 < scalars.count, scalars[index + 1] != 0x5D, scalars[index + 1] != 0x5B else {
            set.ranges.append(first...first)
            return
        }
        index += 1
        guard let next = peek else { throw refuse("Unclosed character class") }
        index += 1
        let last = next == 0x5C ? try escapedScalar() : next
        guard first <= last else { throw refuse("Illegal character range") }
        set.ranges.append(first...last)
    }

    /// The name behind `\p`: a general category, a class of POSIX, or a script that is known.
    private mutating func property() throws(AnalysisError) -> @Sendable (UInt32) -> Bool {
        var name = ""
        if skip("{") {
            while let scalar = peek, scalar != 0x7D {
                name.unicodeScalars.append(Unicode.Scalar(scalar) ?? "?")
                index += 1
            }
            guard skip("}") else { throw refuse("Unclosed character family") }
        } else if let scalar = peek {
            name.unicodeScalars.append(Unicode.Scalar(scalar) ?? "?")
            index += 1
        }
        if let equals = name.firstIndex(of: "=") { name = String(name[name.index(after: equals)...]) }
        let plain = name.hasPrefix("Is") ? String(name.dropFirst(2)) : name
        guard let property = CharacterProperty.named(plain) else { throw refuse("Unknown character property name {\(name)}") }
        return property
    }
}
