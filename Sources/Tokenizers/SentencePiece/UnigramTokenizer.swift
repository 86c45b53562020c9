/// XLM-RoBERTa's SentencePiece model: of all ways to cut a text into pieces of the vocabulary, the likeliest.
///
/// Source: Kudo, arXiv 1804.10959; https://github.com/google/sentencepiece, src/unigram_model.cc.
public struct UnigramTokenizer: Tokenizer {
    /// The file's contents, wherever they come from.
    public struct Model: Sendable {
        /// By id.
        public var tokens: [String]
        /// The logarithm of each token's probability, by id.
        public var scores: [Double]
        public var opening = "<s>"
        public var closing = "</s>"
        /// Stands for a stretch of characters that are in no piece.
        public var unknown = "<unk>"
        /// Recognised in raw text, besides the three above, where the vocabulary has them.
        public var otherSpecials = ["<pad>", "<mask>"]
        public var addsSpecialTokens = true

        public init(tokens: [String], scores: [Double]) {
            self.tokens = tokens
            self.scores = scores
        }
    }

    private let model: UnigramModel
    private let specials: SpecialTokens
    private let ends: TokenizedText.Ends?

    /// - Parameter file: what errors name.
    public init(_ model: Model, file: String) throws(TokenizerError) {
        guard model.scores.count == model.tokens.count else {
            throw .malformed(file: file, reason: "[scores] has not as many members as [vocabulary]")
        }
        let all = Vocabulary(model.tokens.enumerated().map { (token: $1, id: Int32(truncatingIfNeeded: $0)) })
        let opening = try all.id(of: model.opening, file: file)
        let closing = try all.id(of: model.closing, file: file)
        let unknown = try all.id(of: model.unknown, file: file)
        let named = [model.opening, model.closing, model.unknown]
            + model.otherSpecials.filter { all[$0] != nil }
        var special: [(token: String, id: Int32)] = []
        for token in named { special.append((token, try all.id(of: token, file: file))) }
        specials = SpecialTokens(special)
        ends = model.addsSpecialTokens ? (opening, closing) : nil
        // Special tokens are no pieces: they have no scores of their own.
        let pieces = model.tokens.enumerated().filter { !named.contains($0.element) }
        self.model = UnigramModel(
            pieces: pieces.map { (token: $0.element, id: Int32(truncatingIfNeeded: $0.offset)) }, scores: model.scores,
            unknown: unknown)
    }

    /// As `Tokenizer` has it: of all ways to cut the text, the one whose pieces are likeliest.
    public func encode(_ text: String, maximumLength: Int?) -> TokenizedText {
        var ids: [Int32] = []
        for segment in specials.segments(of: text) {
            switch segment {
            case .token(let id): ids.append(id)
            case .text(let text): model.append(SentencePieceNormalizer.normalize(text), to: &ids)
            }
        }
        return TokenizedText(content: ids, between: ends, maximumLength: maximumLength)
    }
}
