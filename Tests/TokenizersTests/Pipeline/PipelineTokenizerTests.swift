import Testing

@testable import Tokenizers

@Suite struct PipelineTokenizerTests {
    private static func vocabulary(_ tokens: [String]) -> Vocabulary {
        Vocabulary(tokens.enumerated().map { (token: $1, id: Int32($0)) })
    }

    @Test func bytePairs() {
        let tokens = ["<unk>", "a", "b", "ab", "abb"] + ByteToken.all
        let vocabulary = Self.vocabulary(tokens)
        var model = BytePairModel(
            vocabulary: vocabulary, merges: PairMerges([(1, 2, 3), (3, 2, 4)]), unknown: 0, fusesUnknown: true,
            byteSymbols: ByteToken.all.map { vocabulary[$0] }, takesWholeWords: false)
        func ids(_ text: String) -> [Int32] {
            var ids: [Int32] = []
            model.append(Array(text.utf8), to: &ids)
            return ids
        }
        #expect(ids("abbab") == [4, 3])
        #expect(ids("é") == [5 + 0xC3, 5 + 0xA9])
        // A character is unknown if one of its bytes is.
        model.byteSymbols?[0xA9] = nil
        #expect(ids("aéébé") == [1, 0, 2, 0])
        model.fusesUnknown = false
        #expect(ids("éé") == [0, 0])
        model.unknown = nil
        #expect(ids("aéb") == [3])
        #expect(ids("").isEmpty)
        model.merges = PairMerges([])
        #expect(ids("ab") == [1, 2])
        model.takesWholeWords = true
        #expect(ids("ab") == [3])
    }

    @Test func words() {
        func words(_ splitter: WordSplitter, _ text: String, isFirst: Bool = true) -> [String] {
            splitter.words(of: Array(text.unicodeScalars), isFirst: isFirst).map { String(Array($0)) }
        }
        #expect(words(.spaces, "a b  c ") == ["a ", "b ", " ", "c "])
        #expect(words(.marks("▁", prefix: .always, cuts: true), "a  b▁c", isFirst: false) == ["▁a", "▁", "▁b", "▁c"])
        #expect(words(.marks("▁", prefix: .first, cuts: true), "a b", isFirst: false) == ["a", "▁b"])
        #expect(words(.marks("▁", prefix: .never, cuts: false), "a b") == ["a▁b"])
        #expect(words(.marks("▁", prefix: .always, cuts: true), "▁a") == ["▁a"])
        #expect(words(.none, "").isEmpty && words(.none, "a b") == ["a b"])
    }

    @Test func addedTokens() {
        func segments(_ tokens: AddedTokens, _ text: String) -> [String] {
            tokens.segments(of: text).map { segment in
                switch segment {
                case .text(let text): String(text)
                case .token(let id): "#\(id)"
                }
            }
        }
        let both = AddedTokens([.init(content: "<s>", id: 7, stripsLeft: true, stripsRight: true)])
        #expect(segments(both, " a <s> \n b <s>  <s>") == [" a", "#7", "b", "#7", "#7"])
        #expect(segments(AddedTokens([.init(content: "<s>", id: 7)]), "a <s> b") == ["a ", "#7", " b"])
    }

    /// Added tokens are found before and behind normalisation, as each wants it.
    @Test func addedTokensOfBothKinds() {
        let tokens = ["<unk>", "a", "b"]
        let model = BytePairModel(
            vocabulary: Self.vocabulary(tokens), merges: PairMerges([]), unknown: 0, fusesUnknown: false, byteSymbols: nil,
            takesWholeWords: false)
        let tokenizer = PipelineTokenizer(
            added: [.init(content: "AB", id: 8), .init(content: "BA", id: 9, isNormalised: true)], steps: [.lowercase],
            splitter: .none, pieces: .bytePair(model), ends: (opening: nil, closing: 5))
        #expect(tokenizer.encode("aABbA", maximumLength: nil).ids == [1, 8, 9, 5])
        #expect(tokenizer.encode("ab", maximumLength: 2) == TokenizedText(ids: [1, 5], fullLength: 3))
    }
}
