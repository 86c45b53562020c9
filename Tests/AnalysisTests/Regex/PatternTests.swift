import Testing
import TestSupport

@testable import Analysis

struct PatternTests {
    private func matches(_ pattern: String, _ text: String, _ flags: String = "") throws -> [String] {
        let subject = PatternSubject(Array(text.utf8))
        return try Pattern(text.isEmpty && pattern.isEmpty ? "" : pattern, flags: PatternFlags(flags, component: "p"))
            .matches(in: subject).map { subject.string($0.range) }
    }

    @Test(arguments: [
        ("a+", "caaat a", ["aaa", "a"]), ("a+?", "caat", ["a", "a"]), ("a|ab", "ab", ["a"]), ("(?:a|ab)(?:c|bcd)", "abcd", ["abcd"]),
        ("[^a-c]+", "abxyc", ["xy"]), ("\\d{2,3}", "1 12 1234", ["12", "123"]), ("\\bfoo\\b", "foo food foo", ["foo", "foo"]),
        ("^a", "aa", ["a"]), ("a$", "aa", ["a"]), ("\\p{Lu}\\p{Ll}+", "Ab cD Éa", ["Ab", "Éa"]), (".", "a\nb", ["a", "b"]),
        ("x*", "ab", ["", "", ""]), ("[\\w&&[^\\d]]+", "a1b", ["a", "b"]), ("(?i)ABC", "xabcX", ["abc"]), ("\\Qa.b\\E", "a.b axb", ["a.b"]),
        ("(a*)*b", "aaab", ["aaab"]), ("[a-z&&[^aeiou]]+", "hello", ["h", "ll"]), ("\\u0041\\x42", "AB", ["AB"]), ("(?<n>a)b", "ab", ["ab"]),
        ("[]a]", "]", ["]"]), ("a{2}", "aaaa", ["aa", "aa"]), ("\\S+", "a b", ["a", "b"]), ("(?s).+", "a\nb", ["a\nb"]),
        ("(?m)^b$", "a\nb\nc", ["b"]), ("é", "éé", ["é", "é"]),
    ])
    func finds(pattern: String, text: String, expected: [String]) throws {
        #expect(try matches(pattern, text) == expected)
    }

    @Test func readsFlags() throws {
        #expect(try matches("abc", "ABC", "CASE_INSENSITIVE") == ["ABC"])
        #expect(try matches("a b # c", "ab", "COMMENTS") == ["ab"])
        #expect(try matches("a.b", "a.b axb", "LITERAL") == ["a.b"])
        #expect(thrownCase { try PatternFlags("LAZY", component: "p") } == "invalidSetting")
    }

    @Test(arguments: [
        "(a", "a)", "[a", "a**+", "*a", "(?=a)", "(?<!a)", "(a)\\1", "a++", "\\p{Nope}", "a{3,2}", "\\", "(?>a)", "[b-a]", "a{", "\\x{110000}", "(?z)",
    ])
    func refuses(pattern: String) {
        #expect(thrownCase { try Pattern(pattern) } == "unsupportedPattern")
    }

    @Test func takesLinearTimeWhereBacktrackingDoesNot() throws {
        let text = String(repeating: "a", count: 3000)
        #expect(try matches("(a+)+b", text).isEmpty)
        #expect(try matches("(a|a)*b", String(repeating: "a", count: 200)).isEmpty)
    }

    @Test func givesUpOnTextsThatNeedTooMuch() throws {
        let pattern = try Pattern("a.*b|a"), subject = PatternSubject(Array(repeating: UInt8(ascii: "a"), count: 100))
        var patient = PatternMatcher(pattern.program, subject)
        #expect(try patient.firstMatch(from: 0)?.range == 0..<1)
        var hasty = PatternMatcher(pattern.program, subject, maximumSteps: 50)
        #expect(throws: AnalysisError.patternTooExpensive) { try hasty.firstMatch(from: 0) }
    }

    @Test func refusesProgramsWithoutBound() {
        #expect(thrownCase { try Pattern("((a{1000}){1000}){1000}") } == "unsupportedPattern")
        #expect(thrownCase { try Pattern(String(repeating: "(", count: 200) + String(repeating: ")", count: 200)) } == "unsupportedPattern")
        #expect(thrownCase { try Pattern(String(repeating: "a", count: 20_000)) } == "unsupportedPattern")
    }
}
