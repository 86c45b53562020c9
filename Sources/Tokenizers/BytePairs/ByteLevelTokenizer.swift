/// RoBERTa's byte-level byte-pair encoding, which is GPT-2's: split into words with the space before them, bytes as symbols,
/// merges.
///
/// Source: Radford et al., "Language Models are Unsupervised Multitask Learners"; Liu et al., arXiv 1907.11692.
public struct ByteLevelTokenizer: Tokenizer {
    /// The files' contents, wherever they come from.
    public struct Model: Sendable {
        public var vocabulary: Vocabulary
        /// In order of precedence.
        public var merges: [(left: String, right: String)]
        public var opening = "<s>"
        public var closing = "</s>"
        /// Stands for a byte that the vocabulary does not have.
        public var unknown = "<unk>"
        /// Recognised in raw text, besides the three above, where the vocabulary has them.
        public var otherSpecials = ["<pad>", "<mask>"]
        /// Whether the first word is treated as if it had a space before it.
        public var addsPrefixSpace = false
        public var addsSpecialTokens = true

        public init(vocabulary: Vocabulary, merges: [(left: String, right: String)]) {
            self.vocabulary = vocabulary
            self.merges = merges
        }
    }

    private let specials: SpecialTokens
    private let merges: PairMerges
    private let ends: TokenizedText.Ends?
    private let addsPrefixSpace: Bool
    /// The id of each byte: 256.
    private let byteSymbols: [Int32]

    /// - Parameter file: what errors name.
    public init(_ model: Model, file: String) throws(TokenizerError) {
        let vocabulary = model.vocabulary
        let opening = try vocabulary.id(of: model.opening, file: file)
        let closing = try vocabulary.id(of: model.closing, file: file)
        let unknown = try vocabulary.id(of: model.unknown, file: file)
        ends = model.addsSpecialTokens ? (opening, closing) : nil
        specials = SpecialTokens(
            [(model.opening, opening), (model.closing, closing), (model.unknown, unknown)]
                + model.otherSpecials.compactMap { token in vocabulary[token].map { (token, $0) } })
        byteSymbols = ByteAlphabet.characters.map { vocabulary[String($0)] ?? unknown }
        addsPrefixSpace = model.addsPrefixSpace
        merges = try PairMerges(model.merges, in: vocabulary, file: file)
    }

    /// As `Tokenizer` has it, over the bytes of words.
    public func encode(_ text: String, maximumLength: Int?) -> TokenizedText {
        var ids: [Int32] = []
        let text = addsPrefixSpace && text.unicodeScalars.first?.properties.isWhitespace == false ? " " + text : text
        for segment in specials.segments(of: text) {
            switch segment {
            case .token(let id): ids.append(id)
            case .text(let text):
                ByteLevelWordSplitter.forEachWord(in: text) { word in
                    ids += merges.apply(to: word.map { byteSymbols[Int($0)] })
                }
            }
        }
        return TokenizedText(content: ids, between: ends, maximumLength: maximumLength)
    }
}
