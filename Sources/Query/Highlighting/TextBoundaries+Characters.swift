extension [TextBoundaries.Placed] {
    func place(_ index: Int, _ end: Int) -> Int { index < count ? self[index].place : end }
}

extension TextBoundaries.Placed {
    var isLetter: Bool {
        if scalar.value < 0x80 { return (scalar.value | 0x20) >= 0x61 && (scalar.value | 0x20) <= 0x7A }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        default: return false
        }
    }

    var isLowercase: Bool { scalar.properties.generalCategory == .lowercaseLetter }

    var sentenceKind: TextBoundaries.SentenceKind {
        switch scalar {
        case ".", "\u{FF0E}": return .period
        case "!", "?", "\u{3002}", "\u{FF01}", "\u{FF1F}": return .terminator
        case ",": return .comma
        case "\"", "'": return .quote
        case "\t", "\r", "\u{0C}", "\n", "\u{2028}": return .space
        case "\u{2029}": return .paragraph
        default: break
        }
        if isLetter { return .letter }
        switch scalar.properties.generalCategory {
        case .spaceSeparator: return .space
        case .openPunctuation, .initialPunctuation: return .opening
        case .closePunctuation, .finalPunctuation: return .closing
        case .decimalNumber, .letterNumber, .otherNumber: return .digit
        case .nonspacingMark, .enclosingMark, .format: return .ignored
        default: return .other
        }
    }

    var wordKind: TextBoundaries.WordKind {
        switch scalar.value {
        case 0x0A, 0x0C, 0x2028, 0x2029: return .line
        case 0x09: return .space
        case 0x3005, 0x4E00...0x9FA5, 0xF900...0xFA2D: return .han
        case 0x30A1...0x30FA, 0x30FD, 0x30FE: return .katakana
        case 0x3041...0x3094, 0x309D, 0x309E: return .hiragana
        case 0x3099...0x309C, 0x30FB, 0x30FC: return .mark
        default: break
        }
        if isLetter { return .letter }
        switch scalar.properties.generalCategory {
        case .spacingMark: return .letter
        case .decimalNumber, .letterNumber, .otherNumber: return .digit
        case .spaceSeparator: return .space
        default: return isNumberPrefix ? .numberPrefix : .other
        }
    }

    var isEnclosing: Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    var joinsWords: Bool {
        switch scalar {
        case "\"", "'", ".", "\u{AD}", "\u{2027}": return true
        default: break
        }
        switch scalar.properties.generalCategory {
        case .dashPunctuation, .connectorPunctuation: return true
        default: return false
        }
    }

    var joinsNumbers: Bool {
        switch scalar {
        case "\"", "'", ",", ".", "\u{66B}": true
        default: false
        }
    }

    var isNumberPrefix: Bool {
        scalar == "#" || scalar == "." || (scalar != "\u{A2}" && scalar.properties.generalCategory == .currencySymbol)
    }

    var isNumberSuffix: Bool {
        switch scalar {
        case "%", "&", "\u{A2}", "\u{66A}", "\u{2030}", "\u{2031}": true
        default: false
        }
    }
}
