/// Cuts text into words for `text` fields: runs of letters and digits, lowercased; each ideograph is a word.
///
/// An approximation of UAX #29 word boundaries (https://www.unicode.org/reports/tr29/).
public enum StandardTokenizer {
    /// Longer words are cut into pieces of this many scalars.
    static let maximumTokenLength = 255

    /// The words of a text.
    public static func tokens(of text: String) -> [String] {
        var tokens: [String] = []
        var word = String.UnicodeScalarView()
        var length = 0
        func flush() {
            if length > 0 { tokens.append(String(word).lowercased()) }
            word = String.UnicodeScalarView()
            length = 0
        }
        for scalar in text.unicodeScalars {
            if isIdeograph(scalar) {
                flush()
                tokens.append(String(scalar))
            } else if isWordPart(scalar) || (length > 0 && isApostrophe(scalar)) {
                word.append(scalar)
                length += 1
                if length == maximumTokenLength { flush() }
            } else {
                flush()
            }
        }
        flush()
        return tokens.map { $0.last.map { isApostrophe($0) } == true ? String($0.dropLast()) : $0 }
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_": return true
            default: return false
            }
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber, .letterNumber, .connectorPunctuation:
            return true
        default: return false
        }
    }

    private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { scalar == "'" || scalar == "\u{2019}" }
    private static func isApostrophe(_ character: Character) -> Bool { character == "'" || character == "\u{2019}" }

    private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        // Property tables are slow; most text never needs them.
        scalar.value >= 0x2E80 && (scalar.properties.isIdeographic || (0x3040...0x309F).contains(scalar.value))
    }
}
