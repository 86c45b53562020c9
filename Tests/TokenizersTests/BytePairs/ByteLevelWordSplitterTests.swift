import Testing

@testable import Tokenizers

@Suite struct ByteLevelWordSplitterTests {
    /// Expected are the matches of GPT-2's regular expression.
    @Test(arguments: [
        ("Hello world", ["Hello", " world"]),
        ("don't they'LL", ["don", "'t", " they", "'", "LL"]),
        ("a  b", ["a", " ", " b"]),
        ("a \n b", ["a", " \n", " b"]),
        ("a\nb", ["a", "\n", "b"]),
        ("a\n\nb", ["a", "\n", "\n", "b"]),
        ("x   ", ["x", "   "]),
        ("x ", ["x", " "]),
        ("  x", [" ", " x"]),
        ("3.14 km", ["3", ".", "14", " km"]),
        (" 42 !?", [" 42", " !?"]),
        ("Öl 猫½", ["Öl", " 猫", "½"]),
        ("\u{A0}a", ["\u{A0}", "a"]),
        ("", []),
    ])
    func splits(_ text: String, _ expected: [String]) {
        var words: [String] = []
        ByteLevelWordSplitter.forEachWord(in: text[...]) { words.append(String(decoding: $0, as: UTF8.self)) }
        #expect(words == expected)
    }
}
