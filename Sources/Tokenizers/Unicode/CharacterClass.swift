/// The classes by which the byte-pair encodings' patterns tell words apart.
enum CharacterClass {
    case space, letter, number, other

    private static let ascii: [CharacterClass] = (0..<128).map { code in
        switch code {
        case 9...13, 32: .space
        case 65...90, 97...122: .letter
        case 48...57: .number
        default: .other
        }
    }

    init(_ scalar: Unicode.Scalar) {
        if scalar.isASCII {
            self = Self.ascii[Int(scalar.value)]
        } else if scalar.properties.isWhitespace {
            self = .space
        } else if ReferenceUnicode.isLetter(scalar) {
            self = .letter
        } else {
            self = ReferenceUnicode.isNumber(scalar) ? .number : .other
        }
    }
}
