/// Character classes as the reference tokenizers (Hugging Face `tokenizers` 0.23) see them.
///
/// Swift's tables are newer than theirs. A character that came later is unassigned there, so most differences are a
/// matter of `age`; the few characters whose class has changed since are listed. Their Rust crates carry Unicode 8 (general
/// categories), 9 (normalisation) and 16 (regular expressions).
enum ReferenceUnicode {
    /// `\p{L}` in CLIP's splitting pattern.
    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            isKnown(scalar, toVersion: 16)
        default: false
        }
    }

    /// `\p{N}` there.
    static func isNumber(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber: isKnown(scalar, toVersion: 16)
        default: false
        }
    }

    /// What BERT's clean-up removes: controls, formats and private use, but not what is unassigned.
    static func isRemoved(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: return false
        case 0x00, 0xFFFD: return true
        default: break
        }
        return switch scalar.properties.generalCategory {
        case .control, .format, .privateUse: isKnown(scalar, toVersion: 8)
        default: false
        }
    }

    /// What BERT makes a token of its own: punctuation, and all ASCII symbols.
    static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 33...47, 58...64, 91...96, 123...126: return true
        case 0...127: return false
        // Canadian Syllabics chi sign and Sharada sandhi mark were punctuation up to Unicode 11 and 10.
        case 0x166D, 0x111C9: return true
        default: break
        }
        return switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            isKnown(scalar, toVersion: 8)
        default: false
        }
    }

    /// The ideographs around which BERT puts spaces. Extension E starts at U+2B920, a slip of the reference.
    static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F, 0x2B920...0x2CEAF,
            0xF900...0xFAFF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }

    /// The marks that stripping accents drops (category Mn).
    static func isNonspacingMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Mn up to Unicode 8, spacing now.
        case 0x1734, 0x1171E: true
        // Mn now; a letter, a letter, spacing, punctuation then.
        case 0x1885, 0x1886, 0xA9BD, 0x111C9: false
        default: scalar.properties.generalCategory == .nonspacingMark && isKnown(scalar, toVersion: 8)
        }
    }

    /// Whether the character existed in that major version of Unicode.
    static func isKnown(_ scalar: Unicode.Scalar, toVersion version: Int) -> Bool {
        guard scalar.value > 0x7F else { return true }
        return scalar.properties.age.map { $0.major <= version } ?? true
    }
}
