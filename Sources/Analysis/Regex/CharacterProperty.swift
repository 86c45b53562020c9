/// The properties that `\p{…}` may name.
enum CharacterProperty {
    static func named(_ name: String) -> (@Sendable (UInt32) -> Bool)? {
        switch name {
        case "L", "Alphabetic", "LETTER", "Letter", "javaLetter": { CharacterKind.isLetter($0) }
        case "N": category { [.decimalNumber, .letterNumber, .otherNumber].contains($0) }
        case "Nd", "Digit": { CharacterKind.isDigit($0) }
        case "Lu", "Uppercase": category { $0 == .uppercaseLetter }
        case "Ll", "Lowercase": category { $0 == .lowercaseLetter }
        case "Lt": category { $0 == .titlecaseLetter }
        case "Lm": category { $0 == .modifierLetter }
        case "Lo": category { $0 == .otherLetter }
        case "M": category { [.nonspacingMark, .spacingMark, .enclosingMark].contains($0) }
        case "Mn": category { $0 == .nonspacingMark }
        case "Mc": category { $0 == .spacingMark }
        case "Nl": category { $0 == .letterNumber }
        case "No": category { $0 == .otherNumber }
        case "P", "Punctuation", "IsPunctuation": { CharacterKind.isPunctuation($0) }
        case "Pd": category { $0 == .dashPunctuation }
        case "Ps": category { $0 == .openPunctuation }
        case "Pe": category { $0 == .closePunctuation }
        case "Pi": category { $0 == .initialPunctuation }
        case "Pf": category { $0 == .finalPunctuation }
        case "Pc": category { $0 == .connectorPunctuation }
        case "Po": category { $0 == .otherPunctuation }
        case "S": { CharacterKind.isSymbol($0) }
        case "Sm": category { $0 == .mathSymbol }
        case "Sc": category { $0 == .currencySymbol }
        case "Sk": category { $0 == .modifierSymbol }
        case "So": category { $0 == .otherSymbol }
        case "Z": category { [.spaceSeparator, .lineSeparator, .paragraphSeparator].contains($0) }
        case "Zs": category { $0 == .spaceSeparator }
        case "Zl": category { $0 == .lineSeparator }
        case "Zp": category { $0 == .paragraphSeparator }
        case "C": category { [.control, .format, .surrogate, .privateUse, .unassigned].contains($0) }
        case "Cc", "Cntrl": category { $0 == .control }
        case "Cf": category { $0 == .format }
        case "Lower": { (0x61...0x7A).contains($0) }
        case "Upper": { (0x41...0x5A).contains($0) }
        case "ASCII": { $0 < 0x80 }
        case "Alpha": { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
        case "Alnum": { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
        case "Punct": { $0 < 0x80 && $0 > 0x20 && $0 != 0x7F && !(CharacterKind.isLetter($0) || CharacterKind.isDigit($0)) }
        case "Graph": { (0x21...0x7E).contains($0) }
        case "Print": { (0x20...0x7E).contains($0) }
        case "Blank": { $0 == 0x20 || $0 == 0x09 }
        case "XDigit": { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0) }
        case "Space": { $0 == 0x20 || (0x09...0x0D).contains($0) }
        case "White_Space", "WhiteSpace", "javaWhitespace": { CharacterKind.isSpace($0) }
        case "Han": { WordClass.of($0).kind == .han || $0 == 0x3005 }
        case "Hiragana": { (0x3041...0x309F).contains($0) }
        case "Katakana": { (0x30A1...0x30FF).contains($0) || (0x31F0...0x31FF).contains($0) || (0xFF66...0xFF9D).contains($0) }
        case "Hangul": { WordClass.of($0).kind == .hangul }
        case "Hebrew": { (0x0591...0x05F4).contains($0) }
        case "Arabic": { (0x0600...0x06FF).contains($0) || (0x0750...0x077F).contains($0) || (0x08A0...0x08FF).contains($0) }
        case "Cyrillic": { (0x0400...0x052F).contains($0) || (0x1C80...0x1C88).contains($0) || (0xA640...0xA69F).contains($0) }
        case "Greek": { (0x0370...0x03FF).contains($0) || (0x1F00...0x1FFF).contains($0) }
        case "Thai": { (0x0E01...0x0E5B).contains($0) }
        case "Latin":
            {
                CharacterKind.isLetter($0)
                    && ($0 < 0x0250 || (0x1E00...0x1EFF).contains($0) || (0x2C60...0x2C7F).contains($0) || (0xA722...0xA7FF).contains($0)
                        || (0xFF21...0xFF5A).contains($0))
            }
        default: nil
        }
    }

    private static func category(
        _ accepts: @escaping @Sendable (Unicode.GeneralCategory) -> Bool
    ) -> @Sendable (UInt32) -> Bool {
        { scalar in Unicode.Scalar(scalar).map { accepts($0.properties.generalCategory) } ?? false }
    }
}
