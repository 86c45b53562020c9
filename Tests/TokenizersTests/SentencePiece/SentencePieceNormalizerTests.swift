import Testing

@testable import Tokenizers

@Suite struct SentencePieceNormalizerTests {
    @Test(arguments: [
        ("a b", "▁a▁b"), ("  a \n\t b  ", "▁a▁b"), ("", ""), (" \u{200B}", ""),
        ("ﬁne ½ ｆｕｌｌ", "▁fine▁1⁄2▁full"), ("e\u{301}", "▁é"), ("a\u{7}b\u{7F}", "▁ab"),
        ("a\u{3000}b", "▁a▁b"), ("a▁b", "▁a▁b"), ("㌔", "▁キロ"),
    ])
    func normalizes(text: String, expected: String) {
        #expect(SentencePieceNormalizer.normalize(text[...]) == Array(expected.utf8))
    }
}
