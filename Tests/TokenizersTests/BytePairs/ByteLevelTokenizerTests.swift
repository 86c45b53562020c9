import Testing

@testable import Tokenizers

@Suite struct ByteLevelTokenizerTests {
    static func model() -> ByteLevelTokenizer.Model {
        let tokens = ["<s>", "<pad>", "</s>", "<unk>", "a", "b", "Ġ", "Ġa", "ab", "<mask>"]
        let table = Vocabulary(tokens.enumerated().map { (token: $1, id: Int32($0)) })
        return ByteLevelTokenizer.Model(vocabulary: table, merges: [("a", "b"), ("Ġ", "a")])
    }

    @Test func merges() throws {
        let tokenizer = try ByteLevelTokenizer(Self.model(), file: "vocabulary.json")
        #expect(tokenizer.encode("ab a", maximumLength: nil).ids == [0, 8, 7, 2])
        #expect(tokenizer.encode("a<mask>z", maximumLength: nil).ids == [0, 4, 9, 3, 2])
        let cut = tokenizer.encode("a b a b", maximumLength: 3)
        #expect(cut.ids == [0, 4, 2] && cut.isTruncated)
        #expect(tokenizer.encode("", maximumLength: nil).ids == [0, 2])
    }

    @Test func options() throws {
        var model = Self.model()
        model.addsPrefixSpace = true
        model.addsSpecialTokens = false
        let tokenizer = try ByteLevelTokenizer(model, file: "vocabulary.json")
        #expect(tokenizer.encode("a", maximumLength: nil).ids == [7])
        #expect(tokenizer.encode(" a", maximumLength: nil).ids == [7])
        #expect(tokenizer.encode("", maximumLength: nil).ids == [])
    }

    @Test func tokensThatMustBeThere() {
        var model = Self.model()
        model.merges.append(("b", "a"))
        #expect(throws: TokenizerError.missingToken(file: "v", token: "ba")) { try ByteLevelTokenizer(model, file: "v") }
        model = Self.model()
        model.closing = "<end>"
        #expect(throws: TokenizerError.missingToken(file: "v", token: "<end>")) { try ByteLevelTokenizer(model, file: "v") }
    }
}
