import Testing

@testable import Tokenizers

@Suite struct CLIPWordSplitterTests {
    @Test(arguments: [
        ("It's 42ºC!", ["it", "'s", "4", "2", "ºc", "!"]),
        ("don't''s", ["don", "'t", "''", "s"]),
        ("they'LL 'Round", ["they", "'ll", "'", "round"]),
        ("  a\u{85}b\u{200B}c ", ["a", "b", "\u{200B}", "c"]),
        ("<|ENDOFTEXT|>!", ["<|", "endoftext", "|>", "!"]),
        ("a!<|X|>", ["a", "!<|", "x", "|>"]),
        ("ΟΔΥΣΣΕΥΣ İ", ["οδυσσευσ", "i", "\u{307}"]),
        ("½²٣", ["½", "²", "٣"]),
        (" \t\n", []),
    ])
    func splits(_ text: String, _ expected: [String]) {
        var words: [String] = []
        CLIPWordSplitter(specialTokens: ["<|startoftext|>", "<|endoftext|>"]).forEachWord(in: text[...]) {
            words.append(String(decoding: $0, as: UTF8.self))
        }
        #expect(words.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
    }
}
