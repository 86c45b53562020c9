import Testing

@testable import Tokenizers

@Suite struct TokenizerBeginningTests {
    @Test(arguments: ["clip", "clip-multilingual", "minilm-like"], [
        String(repeating: "a mountain covered in snow, ", count: 4000), String(repeating: "a", count: 100_000),
        String(repeating: " ", count: 100_000) + "snow", String(repeating: "雪山 ", count: 20_000),
        String(repeating: "é", count: 50_000), "short",
    ])
    func theIdsAreTheWholeTexts(model: String, text: String) throws {
        let tokenizer = try TokenizerLoader.load(folder: "\(Fixtures.small)/\(model)")
        #expect(
            tokenizer.encode(beginningOf: text, maximumLength: 77).ids == tokenizer.encode(text, maximumLength: 77).ids)
    }

    @Test func whatIsCutOffIsSaid() throws {
        let tokenizer = try TokenizerLoader.load(folder: "\(Fixtures.small)/clip")
        #expect(tokenizer.encode(beginningOf: String(repeating: "snow ", count: 50_000), maximumLength: 77).isTruncated)
    }
}
