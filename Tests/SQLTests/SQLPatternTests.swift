import Testing

@testable import SQL

@Suite struct SQLPatternTests {
    private let place = SQLSource(text: "", line: 1, column: 1)

    @Test(arguments: [
        ("a%", "a*", ["a", "ab"], ["b", "ba"]), ("_b%", "?b*", ["ab", "abc"], ["b", "bb2".uppercased()]),
        ("%a*?\\%", "*a\\*\\?\\\\*", ["xa*?\\", "a*?\\z"], ["a"]), ("", "", [""], ["a"]), ("%%%", "*", ["", "abc"], []), ("a%%b", "a*b", ["ab", "axb"], ["a", "b"]),
    ])
    func patterns(text: String, wildcard: String, matching: [String], others: [String]) throws {
        let pattern = try SQLPattern(text, escape: nil, place)
        #expect(pattern.wildcard == wildcard)
        for text in matching { #expect(pattern.matches(text)) }
        for text in others { #expect(!pattern.matches(text)) }
    }

    @Test func longPatternsOfShortTexts() throws {
        #expect(try !SQLPattern(String(repeating: "a", count: 500_000), escape: nil, place).matches("a"))
        #expect(try SQLPattern(String(repeating: "%", count: 500_000), escape: nil, place).matches("a"))
    }

    @Test func escapes() throws {
        let pattern = try SQLPattern("50!%!!!_", escape: "!", place)
        #expect(pattern.exact == "50%!_" && pattern.matches("50%!_") && !pattern.matches("500!_"))
        #expect(try SQLPattern("a%", escape: nil, place).exact == nil)
        #expect(throws: SQLError.invalidPattern(place, escape: "!")) { try SQLPattern("a!b", escape: "!", place) }
        #expect(throws: SQLError.invalidPattern(place, escape: "!")) { try SQLPattern("a!", escape: "!", place) }
    }
}
