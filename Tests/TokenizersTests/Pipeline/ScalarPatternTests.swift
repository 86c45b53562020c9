import Testing

@testable import Tokenizers

@Suite struct ScalarPatternTests {
    private func replaced(_ pattern: ScalarPattern?, _ text: String) -> String? {
        pattern.map { String($0.replacing(in: Array(text.unicodeScalars), with: ["_"])) }
    }

    @Test(arguments: [
        (#"\s+"#, "a \t\u{A0}b  ", "a_b_"), (" {2,}", "a b  c    d", "a b_c_d"), ("[a-c]", "abcd", "___d"),
        ("[a-c]+", "abcdab", "_d_"), (#"[!\-\]\\,-.]"#, #"a!-]\,.b"#, "a______b"), (#"\."#, "a.b", "a_b"),
        (#"[\s,]+"#, "a , b", "a_b"), ("[a-]", "a-b", "__b"), ("é", "é", "_"), ("x{3,}", "xx xxx", "xx _"),
    ])
    func replaces(_ expression: String, _ text: String, _ expected: String) {
        #expect(replaced(ScalarPattern(expression: expression), text) == expected)
    }

    @Test(arguments: [
        "", "a|b", "(a)", "[^a]", "[a", "[]", "a*", "a?", "a{2}", "a{2,4}", ".", "^a", "$", #"\d"#, #"\"#, "[[a]]", "[a&&b]",
        "[z-a]", "ab", "{", "a{99999999999999999999,}", #"\p{P}"#,
    ])
    func refuses(_ expression: String) { #expect(ScalarPattern(expression: expression) == nil) }

    @Test func texts() {
        #expect(replaced(ScalarPattern(text: ".."), "a....b.") == "a__b.")
        #expect(replaced(ScalarPattern(text: ""), "ab") == "ab")
    }
}
