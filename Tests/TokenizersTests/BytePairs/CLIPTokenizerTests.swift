import Testing

@testable import Tokenizers

@Suite struct CLIPTokenizerTests {
    private func tokenizer() throws -> any Tokenizer {
        try TokenizerLoader.load(folder: "\(Fixtures.small)/clip")
    }

    @Test func truncationKeepsTheClosingToken() throws {
        let tokenizer = try tokenizer()
        let whole = tokenizer.encode("a cat on a mat", maximumLength: nil)
        #expect(!whole.isTruncated && whole.fullLength == whole.ids.count)
        let cut = tokenizer.encode("a cat on a mat", maximumLength: 5)
        #expect(cut.isTruncated && cut.fullLength == whole.fullLength)
        #expect(cut.ids == whole.ids.prefix(4) + [1999])
        #expect(!tokenizer.encode("a cat on a mat", maximumLength: whole.fullLength).isTruncated)
        #expect(tokenizer.encode("a cat", maximumLength: 0).ids == [1998, 1999])
    }

    /// A queue of merges, not a scan for each: a word this long would never end otherwise.
    @Test(arguments: ["a", "é", "\u{301}", "<|", "'", "1", "猫"]) func longRunsEnd(_ unit: String) throws {
        let text = String(repeating: unit, count: 20_000)
        let encoded = try tokenizer().encode(text, maximumLength: 77)
        #expect(encoded.ids.count == 77 && encoded.isTruncated)
    }

    @Test func missingSpecialTokenIsNamed() {
        let model = CLIPTokenizer.Model(vocabulary: Vocabulary([(token: "<|startoftext|>", id: 0)]), merges: [])
        #expect(throws: TokenizerError.missingToken(file: "vocab.json", token: "<|endoftext|>")) {
            try CLIPTokenizer(model, file: "vocab.json")
        }
    }

    @Test func mergeOfUnknownSymbolsIsNamed() {
        let vocabulary = Vocabulary([(token: "<|startoftext|>", id: 0), (token: "<|endoftext|>", id: 1), (token: "a", id: 2)])
        #expect(throws: TokenizerError.missingToken(file: "merges.txt", token: "b")) {
            try CLIPTokenizer(.init(vocabulary: vocabulary, merges: [("a", "b")]), file: "merges.txt")
        }
    }

    @Test func byteAlphabetIsInvertible() {
        #expect(ByteAlphabet.characters.count == 256)
        #expect(Set(ByteAlphabet.characters).count == 256)
        #expect(ByteAlphabet.characters[0x41] == "A" && ByteAlphabet.characters[0x20] == "Ġ")
    }
}
