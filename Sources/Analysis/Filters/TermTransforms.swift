/// What filters do to single terms.
enum TermTransforms {
    static func uppercase(_ term: String) -> String { term.simplyUppercased }

    /// Turkish tells a dotted from a dotless i.
    static func turkishLowercase(_ term: String) -> String {
        var result = String.UnicodeScalarView(), scalars = term.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "I":
                if scalars.first == "\u{307}" {
                    scalars.removeFirst()
                    result.append("i")
                } else {
                    result.append("ı")
                }
            default: result.append(Unicode.Scalar(CaseTable.lowercase(scalar.value)) ?? scalar)
            }
        }
        return String(result)
    }

    /// Without accents, and with one form of sigma.
    static func greekLowercase(_ term: String) -> String {
        term.mapScalars { scalar in
            switch scalar {
            case 0x3C2: 0x3C3
            case 0x386, 0x3AC: 0x3B1
            case 0x388, 0x3AD: 0x3B5
            case 0x389, 0x3AE: 0x3B7
            case 0x38A, 0x3AA, 0x3AF, 0x3CA, 0x390: 0x3B9
            case 0x38E, 0x3AB, 0x3CD, 0x3CB, 0x3B0: 0x3C5
            case 0x38C, 0x3CC: 0x3BF
            case 0x38F, 0x3CE: 0x3C9
            default: CaseTable.lowercase(scalar)
            }
        }
    }

    /// `nAthair` becomes `n-athair`.
    static func irishLowercase(_ term: String) -> String {
        var scalars = Array(term.unicodeScalars.map(\.value))
        let vowels: [UInt32] = [0x41, 0x45, 0x49, 0x4F, 0x55, 0xC1, 0xC9, 0xCD, 0xD3, 0xDA]
        if scalars.count > 1, scalars[0] == 0x6E || scalars[0] == 0x74, vowels.contains(scalars[1]) {
            scalars.insert(0x2D, at: 1)
        }
        return String(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar($0) })).simplyLowercased
    }

    static func reverse(_ term: String) -> String { String(String.UnicodeScalarView(term.unicodeScalars.reversed())) }

    /// Without white space at both ends.
    static func trim(_ term: String) -> String {
        let isSpace = { (scalar: Unicode.Scalar) in scalar.value <= 0x20 || CharacterKind.isSpace(scalar.value) }
        let scalars = term.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isSpace($0) }), let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    /// What stands before the first apostrophe.
    static func cutAtApostrophe(_ term: String) -> String {
        guard let index = term.unicodeScalars.firstIndex(where: { $0 == "'" || $0 == "\u{2019}" }) else { return term }
        return String(term.unicodeScalars[..<index])
    }

    /// Without the possessive `'s` of English.
    static func withoutPossessive(_ term: String) -> String {
        guard let byte = term.utf8.last, byte | 0x20 == UInt8(ascii: "s") else { return term }
        let scalars = term.unicodeScalars
        let rest = scalars.dropLast()
        guard let mark = rest.last, mark == "'" || mark == "\u{2019}" || mark == "\u{FF07}" else { return term }
        return String(rest.dropLast())
    }

    /// Digits of every script as ASCII.
    static func decimalDigits(_ term: String) -> String {
        guard term.utf8.contains(where: { $0 >= 0x80 }) else { return term }
        return term.mapScalars { scalar in
            guard scalar >= 0x80, CharacterKind.isDigit(scalar), let value = Unicode.Scalar(scalar)?.properties.numericValue else {
                return scalar
            }
            return 0x30 + UInt32(max(0, min(9, value)))
        }
    }

    /// The first UTF-16 code units of a term; a pair of surrogates is not cut apart.
    static func truncate(_ term: String, to length: Int) -> String {
        guard term.utf16.count > length else { return term }
        var result = String.UnicodeScalarView(), count = 0
        for scalar in term.unicodeScalars {
            count += scalar.value > 0xFFFF ? 2 : 1
            guard count <= length else { break }
            result.append(scalar)
        }
        return String(result)
    }

    /// Full width letters of Latin as plain ones, half width katakana as full.
    static func foldWidth(_ term: String) -> String {
        // All forms of other widths begin with this byte in UTF-8.
        guard term.utf8.contains(0xEF) else { return term }
        var result = String.UnicodeScalarView()
        for scalar in term.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: result.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case 0xFF9E, 0xFF9F:
                if let last = result.last, let joined = voiced(last, isHalf: scalar.value == 0xFF9F) {
                    result.removeLast()
                    result.append(joined)
                } else {
                    result.append(scalar.value == 0xFF9E ? "\u{3099}" : "\u{309A}")
                }
            case 0xFF65...0xFF9D: result.append(wideKatakana[Int(scalar.value - 0xFF65)])
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// U+FF65 to U+FF9D in full width.
    private static let wideKatakana = Array(
        "・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン".unicodeScalars)

    /// With a mark of voice.
    private static func voiced(_ scalar: Unicode.Scalar, isHalf: Bool) -> Unicode.Scalar? {
        if isHalf { return "ハヒフヘホ".unicodeScalars.contains(scalar) ? Unicode.Scalar(scalar.value + 2) : nil }
        if scalar == "ウ" { return "ヴ" }
        let marked = "カキクケコサシスセソタチツテトハヒフヘホ".unicodeScalars
        return marked.contains(scalar) ? Unicode.Scalar(scalar.value + 1) : nil
    }
}
