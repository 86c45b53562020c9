import Testing

@testable import Tokenizers

@Suite struct WordPieceTokenizerTests {
    private func tokenizer(
        _ tokens: [String], lowercases: Bool = true, _ change: (inout WordPieceTokenizer.Model) -> Void = { _ in }
    ) throws -> WordPieceTokenizer {
        let all = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + tokens
        let vocabulary = Vocabulary(all.enumerated().map { (token: $1, id: Int32($0)) })
        var model = WordPieceTokenizer.Model(vocabulary: vocabulary, normalizer: BERTNormalizer(lowercases: lowercases))
        change(&model)
        return try WordPieceTokenizer(model, file: "vocab.txt")
    }

    @Test func takesTheLongestPieces() throws {
        let tokenizer = try tokenizer(["un", "una", "##able", "##ble", "##a", "cat", "!"])
        #expect(tokenizer.encode("Unable cat!", maximumLength: nil).ids == [2, 6, 8, 10, 11, 3])
    }

    @Test func oneMissingPieceMakesTheWordUnknown() throws {
        let tokenizer = try tokenizer(["un", "##a"])
        #expect(tokenizer.encode("una unax", maximumLength: nil).ids == [2, 5, 6, 1, 3])
    }

    @Test func longWordsAreUnknownByCodePoints() throws {
        let tokenizer = try tokenizer(["é", "##é", "e", "##e"]) { $0.normalizer.stripsAccents = false }
        #expect(tokenizer.encode(String(repeating: "é", count: 100), maximumLength: nil).fullLength == 102)
        #expect(tokenizer.encode(String(repeating: "é", count: 101), maximumLength: nil).ids == [2, 1, 3])
    }

    @Test func specialTokensCountOnlyAsWritten() throws {
        let tokenizer = try tokenizer(["[", "]", "mask", "a"])
        #expect(tokenizer.encode("a[MASK]a [mask]", maximumLength: nil).ids == [2, 8, 4, 8, 5, 7, 6, 3])
    }

    @Test func truncationKeepsTheClosingToken() throws {
        let tokenizer = try tokenizer(["a"])
        let text = tokenizer.encode("a a a a", maximumLength: 4)
        #expect(text.ids == [2, 5, 5, 3] && text.fullLength == 6 && text.isTruncated)
    }

    @Test(arguments: ["a", "a ", "é", "!", "猫", "[CLS]", "\u{301}"]) func longRunsEnd(_ unit: String) throws {
        let tokenizer = try TokenizerLoader.load(folder: "\(Fixtures.small)/minilm-like")
        let encoded = tokenizer.encode(String(repeating: unit, count: 20_000), maximumLength: 64)
        #expect(encoded.ids.count <= 64)
    }
}
