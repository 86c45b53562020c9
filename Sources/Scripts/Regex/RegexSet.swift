/// A set of characters: `[a-z\d]`.
struct RegexSet: Equatable, Sendable {
    enum Class: Equatable, Sendable {
        case digit, word, space, letter, upper, lower, punctuation, hexadecimal, alphanumeric
    }

    var ranges: [ClosedRange<UInt32>] = []
    var classes: [(kind: Class, isNegated: Bool)] = []
    var isNegated = false

    static func == (left: RegexSet, right: RegexSet) -> Bool {
        left.ranges == right.ranges && left.isNegated == right.isNegated && left.classes.count == right.classes.count
            && zip(left.classes, right.classes).allSatisfy { $0 == $1 }
    }

    func contains(_ scalar: Unicode.Scalar, ignoringCase: Bool) -> Bool {
        if has(scalar) { return !isNegated }
        if ignoringCase {
            let properties = scalar.properties
            for other in [properties.lowercaseMapping, properties.uppercaseMapping] {
                if let only = other.unicodeScalars.first, only != scalar, has(only) { return !isNegated }
            }
        }
        return isNegated
    }

    private func has(_ scalar: Unicode.Scalar) -> Bool {
        for range in ranges where range.contains(scalar.value) { return true }
        for (kind, isNegated) in classes where kind.contains(scalar) != isNegated { return true }
        return false
    }
}

extension RegexSet.Class {
    /// As Java without `UNICODE_CHARACTER_CLASS`: of ASCII.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        let isDigit = 48...57 ~= value, isUpper = 65...90 ~= value, isLower = 97...122 ~= value
        return switch self {
        case .digit: isDigit
        case .word: isDigit || isUpper || isLower || value == 95
        case .space: value == 32 || 9...13 ~= value
        case .letter: isUpper || isLower
        case .upper: isUpper
        case .lower: isLower
        case .alphanumeric: isDigit || isUpper || isLower
        case .punctuation: 33...47 ~= value || 58...64 ~= value || 91...96 ~= value || 123...126 ~= value
        case .hexadecimal: isDigit || 65...70 ~= value || 97...102 ~= value
        }
    }
}
