/// A tokenizer put together from a `tokenizer.json`'s own steps: added tokens, normalisation, words, pieces, ends.
struct PipelineTokenizer: Tokenizer {
    enum Pieces: Sendable {
        case bytePair(BytePairModel)
        case unigram(UnigramModel)
    }

    private let asWritten: AddedTokens
    private let normalised: AddedTokens
    private let steps: [NormalizerStep]
    private let splitter: WordSplitter
    private let pieces: Pieces
    private let ends: TokenizedText.Ends

    init(
        added: [AddedTokens.Token], steps: [NormalizerStep], splitter: WordSplitter, pieces: Pieces,
        ends: TokenizedText.Ends
    ) {
        func normalise(_ text: some StringProtocol) -> [Unicode.Scalar] {
            steps.reduce(Array(text.unicodeScalars)) { $1($0) }
        }
        asWritten = AddedTokens(added.filter { !$0.isNormalised })
        normalised = AddedTokens(
            added.filter(\.isNormalised).map { token in
                var token = token
                token.content = String(normalise(token.content))
                return token
            })
        self.steps = steps
        self.splitter = splitter
        self.pieces = pieces
        self.ends = ends
    }

    func encode(_ text: String, maximumLength: Int?) -> TokenizedText {
        var ids: [Int32] = [], isFirst = true
        for segment in asWritten.segments(of: text) {
            switch segment {
            case .token(let id): ids.append(id)
            case .text(let text): encode(text, isFirst: isFirst, into: &ids)
            }
            isFirst = false
        }
        return TokenizedText(content: ids, between: ends, maximumLength: maximumLength)
    }

    private func encode(_ text: Substring, isFirst: Bool, into ids: inout [Int32]) {
        var isFirst = isFirst
        let scalars = steps.reduce(Array(text.unicodeScalars)) { $1($0) }
        for segment in normalised.segments(of: String(scalars)) {
            switch segment {
            case .token(let id): ids.append(id)
            case .text(let text):
                for word in splitter.words(of: Array(text.unicodeScalars), isFirst: isFirst) {
                    append(word, to: &ids)
                }
            }
            isFirst = false
        }
    }

    private func append(_ word: ArraySlice<Unicode.Scalar>, to ids: inout [Int32]) {
        let utf8 = Array(String(Array(word)).utf8)
        switch pieces {
        case .bytePair(let model): model.append(utf8, to: &ids)
        case .unigram(let model): model.append(utf8, to: &ids)
        }
    }
}
