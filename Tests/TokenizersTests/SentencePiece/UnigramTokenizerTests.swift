import Testing

@testable import Tokenizers

@Suite struct UnigramTokenizerTests {
    static let tokens = ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "ab", "▁a", "▁ab", "<mask>"]

    static func tokenizer(_ scores: [Double], special: Bool = true) throws -> UnigramTokenizer {
        var model = UnigramTokenizer.Model(tokens: tokens, scores: scores)
        model.addsSpecialTokens = special
        return try UnigramTokenizer(model, file: "vocabulary.json")
    }

    /// The likeliest pieces, not the longest.
    @Test func likeliest() throws {
        let long = try Self.tokenizer([0, 0, 0, 0, -3, -4, -4, -2, -3, -1, 0])
        #expect(long.encode("ab", maximumLength: nil).ids == [0, 9, 2])
        let short = try Self.tokenizer([0, 0, 0, 0, -1, -1, -1, -9, -9, -9, 0])
        #expect(short.encode("ab", maximumLength: nil).ids == [0, 4, 5, 6, 2])
    }

    @Test func unknownCharacters() throws {
        let tokenizer = try Self.tokenizer([0, 0, 0, 0, -3, -4, -4, -2, -3, -1, 0])
        #expect(tokenizer.encode("a猫犬b", maximumLength: nil).ids == [0, 8, 3, 6, 2])
        #expect(tokenizer.encode("  ", maximumLength: nil).ids == [0, 2])
        #expect(tokenizer.encode("a<mask>b", maximumLength: nil).ids == [0, 8, 10, 4, 6, 2])
        // Special tokens are no pieces of words.
        #expect(try Self.tokenizer([9, 9, 9, 9, -3, -4, -4, -2, -3, -1, 9], special: false)
            .encode("ab ab", maximumLength: 1).ids == [9])
    }

    @Test func longTexts() throws {
        let tokenizer = try Self.tokenizer([0, 0, 0, 0, -3, -4, -4, -2, -3, -1, 0])
        let encoded = tokenizer.encode(String(repeating: "ab", count: 20_000), maximumLength: 4)
        #expect(encoded.ids == [0, 9, 7, 2] && encoded.fullLength == 20_002)
    }
}
