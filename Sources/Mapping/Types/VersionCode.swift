/// Software versions as terms in the order of semantic versioning; what is no such version comes after all that are, in the
/// order of its characters.
///
/// Source: https://semver.org/#spec-item-11; `version` fields let any number of numeric parts stand.
enum VersionCode {
    /// Every part ends with a mark that is less than what a part may hold. A release ends with one that is more than the mark
    /// of a pre-release. The text itself follows, for versions that compare alike (`+build`).
    private static let endOfPart = "\u{2}", preRelease = "\u{3}", release = "\u{4}", end = "\u{1}"
    private static let valid = "0", invalid = "1"

    static func term(_ text: String) -> String { (order(text).map { valid + $0 } ?? invalid) + end + text }

    static func text(_ term: String) -> String {
        term.firstIndex(of: Character(end)).map { String(term[term.index(after: $0)...]) } ?? term
    }

    static func isValid(_ text: String) -> Bool { order(text) != nil }

    private static func order(_ text: String) -> String? {
        let main = text.prefix { $0 != "-" && $0 != "+" }
        let rest = text[main.endIndex...]
        let numbers = main.split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count <= 255, numbers.allSatisfy({ isNumber($0) }) else { return nil }
        var code = ""
        for number in numbers { code += numberCode(number) + endOfPart }
        let build = rest.firstIndex(of: "+")
        let extra = rest[..<(build ?? rest.endIndex)]
        if let build {
            guard isIdentifiers(rest[rest.index(after: build)...]) else { return nil }
        }
        if extra.isEmpty { return code + release }
        guard isIdentifiers(extra.dropFirst()) else { return nil }
        code += preRelease
        for part in extra.dropFirst().split(separator: ".") {
            // Numbers come before words.
            code += (isNumber(part) ? "0" + numberCode(part) : "1" + part) + endOfPart
        }
        return code
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.count < 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isIdentifiers(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D
                }
        }
    }

    /// Digits after how many there are.
    private static func numberCode(_ text: Substring) -> String {
        let digits = text.drop { $0 == "0" }
        return String(UnicodeScalar(UInt8(0x30 + digits.utf8.count))) + digits
    }
}
