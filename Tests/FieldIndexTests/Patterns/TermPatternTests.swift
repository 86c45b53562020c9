import TestSupport
import Testing

@testable import FieldIndex

@Suite struct TermPatternTests {
    @Test(arguments: [
        ("*", "anything", true), ("", "", true), ("", "a", false), ("a*b*c", "aXbYc", true), ("a*b*c", "ac", false), ("?", "ü", true),
        ("??", "ü", false), ("*ü", "aaü", true), (#"a\*"#, "a*", true), (#"a\*"#, "ab", false), (#"a\\"#, #"a\"#, true), ("a**", "a", true),
        ("*aab", "aaaab", true), ("?*", "", false), ("z?", "z\u{1F600}", true),
    ])
    func wildcards(pattern: String, text: String, isMatch: Bool) throws {
        #expect(try TermPattern.wildcard(pattern).matches(text) == isMatch)
    }

    @Test(arguments: [
        ("a.c", "abc", true), ("a.c", "aüc", true), ("a.c", "ac", false), ("ab?c", "ac", true), ("ab*c", "abbbc", true), ("ab+c", "ac", false),
        ("ab{2,3}c", "abbc", true), ("ab{2,3}c", "abbbbc", false), ("ab{2}c", "abbc", true), ("ab{2,}c", "abbbbbc", true), ("a|b|cd", "cd", true),
        ("(ab|c)*d", "abccabd", true), ("[abc]x", "bx", true), ("[^abc]x", "bx", false), ("[^abc]x", "üx", true), ("[a-c]+", "abcabc", true),
        ("[a-c]+", "abd", false), ("\"a.c\"", "a.c", true), ("\"a.c\"", "abc", false), (#"a\.c"#, "a.c", true), (#"a\.c"#, "abc", false),
        ("a~bc", "acc", true), ("a~bc", "abc", false), ("aaa.+&.+bbb", "aaabbb", true), ("aaa.+&.+bbb", "aaab", false), ("#", "", false), ("@&abc.+", "abcd", true),
        ("foo<1-100>", "foo42", true), ("foo<1-100>", "foo101", false), ("foo<1-100>", "foo007", true), ("<01-12>", "07", true), ("<01-12>", "7", false),
        ("<01-12>", "13", false), ("<5-305>", "300", true), ("<5-305>", "306", false), ("<5-305>", "4", false), (#"\d+\w\s"#, "12x ", true), (#"\D"#, "1", false), ("()", "", true),
        (".*", "", true), ("a.*b", "a\nb", true), ("日+", "日日", true), ("a-b", "a-b", true), ("[-a]", "-", true),
    ])
    func regularExpressions(pattern: String, text: String, isMatch: Bool) throws {
        #expect(try TermPattern.regexp(pattern).matches(text) == isMatch)
    }

    @Test func caseAndFlags() throws {
        #expect(try TermPattern.regexp("aB[cd]", ignoringCase: true).matches("AbC"))
        #expect(try TermPattern.regexp("a~b", flags: []).matches("a~b"))
        #expect(try TermPattern.prefix("Ab", ignoringCase: true).matches("aBc"))
        #expect(try !TermPattern.prefix("Ab").matches("aBc"))
    }

    @Test(arguments: ["(", "a)", "[", "[a", "a{", "a{1", "a{2,x}", "\"a", "<1-", "<a-2>", "a{1001}", "a{100}{100}{100}", String(repeating: "(", count: 500)])
    func malformedOnesAreRefused(pattern: String) {
        #expect(throws: TermPatternError.self) { try TermPattern.regexp(pattern) }
    }

    /// What makes matchers that go back take exponential time, or automata exponential space.
    @Test func hardOnesEnd() throws {
        let text = String(repeating: "a", count: 200)
        #expect(try !TermPattern.regexp("(a*)*b").matches(text))
        #expect(try !TermPattern.regexp("(a|aa)+b").matches(text))
        var generator = SeededGenerator(seed: 1)
        let noise = (0..<400).map { _ in Bool.random(using: &generator) ? "a" : "b" }.joined()
        #expect(throws: TermPatternError.self) {
            try TermPattern.regexp("(.*a.{18}b)|(.*b.{19}a)", maximumStates: 50).matches(noise)
        }
    }

    /// Beside Swift's own expressions, over all short texts of an alphabet.
    @Test(arguments: ["(a|b)*abb", "a?b?c?", "(ab|ba){1,2}c*", "a(b|c)*c", "[ab]{2,3}", "((a|b)(b|c))+", "(a*b)*|c+"])
    func agreesWithSwift(pattern: String) throws {
        let expression = try Regex(pattern)
        var texts = [""]
        for _ in 0..<6 { texts += texts.filter { _ in true }.flatMap { text in ["a", "b", "c"].map { text + $0 } }; texts = Array(Set(texts)) }
        var matcher = try TermPattern.regexp(pattern).matcher()
        for text in texts {
            let bytes = Array(text.utf8)
            #expect(try bytes.withUnsafeBufferPointer { try matcher.matches($0) } == (text.wholeMatch(of: expression) != nil), "\(text)")
        }
    }

    @Test func prefixesNarrowWhatIsLookedAt() throws {
        #expect(try TermPattern.regexp("abc.*").matcher().literalPrefix == Array("abc".utf8))
        #expect(try TermPattern.regexp("abc*").matcher().literalPrefix == Array("ab".utf8))
        #expect(try TermPattern.wildcard("ab*c").matcher().literalPrefix == Array("ab".utf8))
        #expect(try TermPattern.wildcard("ab*c", ignoringCase: true).matcher().literalPrefix.isEmpty)
    }
}
