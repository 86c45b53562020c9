/// Text as Python's `str` treats it.
///
/// Source: https://docs.python.org/3/library/stdtypes.html#string-methods; CPython, Objects/unicodeobject.c.
enum PythonText {
    /// `str.isspace`: white space, and the four information separators.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }

    /// `string.punctuation`.
    static func isASCIIPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 33...47, 58...64, 91...96, 123...126: true
        default: false
        }
    }

    /// `str.lower`: a sigma at the end of a word has a form of its own.
    static func lowercased(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        for (index, scalar) in scalars.enumerated() {
            if scalar == "Σ" {
                result.append(isFinal(index, in: scalars) ? "ς" : "σ")
            } else {
                result += scalar.properties.lowercaseMapping.unicodeScalars
            }
        }
        return result
    }

    /// Behind a letter with case and before none, whatever has no bearing on case between them.
    private static func isFinal(_ index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        func isCased(_ scalar: Unicode.Scalar?) -> Bool { scalar?.properties.isCased ?? false }
        let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
        let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
        return isCased(before) && !isCased(after)
    }

    /// White space in a row becomes one space; none stays at the ends.
    static func singleSpaced(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        for scalar in scalars {
            if !isSpace(scalar) {
                result.append(scalar)
            } else if let last = result.last, last != " " {
                result.append(" ")
            }
        }
        if result.last == " " { result.removeLast() }
        return result
    }
}
