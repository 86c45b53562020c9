/// Kinds of characters as Java's `Character` tells them apart.
enum CharacterKind {
    private static let table = ScalarTable<UInt8>(0) { set in
        // Planes beyond the third hold no letters that anyone writes; their ideographs are in one block each.
        var first: UInt32 = 0, last: UInt8 = 0
        for value in UInt32(0)...0x33480 {
            let kind = Unicode.Scalar(value).map(bits) ?? 0
            guard kind != last else { continue }
            if last != 0 { set(first...(value - 1), last) }
            (first, last) = (value, kind)
        }
    }

    private static let letter: UInt8 = 1, digit: UInt8 = 2, space: UInt8 = 4, punctuation: UInt8 = 8, symbol: UInt8 = 16

    private static func bits(_ scalar: Unicode.Scalar) -> UInt8 {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: letter
        case .decimalNumber: digit
        case .spaceSeparator, .lineSeparator, .paragraphSeparator:
            // Spaces that do not break are none to Java.
            scalar.value == 0xA0 || scalar.value == 0x2007 || scalar.value == 0x202F ? 0 : space
        case .control: (0x09...0x0D).contains(scalar.value) || (0x1C...0x1F).contains(scalar.value) ? space : 0
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            punctuation
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: symbol
        default: 0
        }
    }

    static func isLetter(_ scalar: UInt32) -> Bool { table[scalar] & letter != 0 }
    static func isDigit(_ scalar: UInt32) -> Bool { table[scalar] & digit != 0 }
    static func isSpace(_ scalar: UInt32) -> Bool { table[scalar] & space != 0 }
    static func isPunctuation(_ scalar: UInt32) -> Bool { table[scalar] & punctuation != 0 }
    static func isSymbol(_ scalar: UInt32) -> Bool { table[scalar] & symbol != 0 }
}
