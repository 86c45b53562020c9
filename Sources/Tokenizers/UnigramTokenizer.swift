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

    /// How much less likely an unknown character is than the least likely piece.
    private static let unknownPenalty = 10.0

    private let vocabulary: Vocabulary
    private let scores: [Double]
    private let specials: SpecialTokens
    private let ends: TokenizedText.Ends?
    private let unknown: Int32
    private let unknownScore: Double
    /// Bytes of the longest piece.
    private let longest: Int

    /// - Parameter file: what errors name.
    public init(_ model: Model, file: String) throws(TokenizerError) {
        guard model.scores.count == model.tokens.count else {
            throw .malformed(file: file, reason: "[scores] has not as many members as [vocabulary]")
        }
        let all = Vocabulary(model.tokens.enumerated().map { (token: $1, id: Int32(truncatingIfNeeded: $0)) })
        func id(_ token: String) throws(TokenizerError) -> Int32 {
            guard let id = all[token] else { throw .missingToken(file: file, token: token) }
            return id
        }
        let opening = try id(model.opening), closing = try id(model.closing)
        unknown = try id(model.unknown)
        let named = [model.opening, model.closing, model.unknown]
            + model.otherSpecials.filter { all[$0] != nil }
        var special: [(token: String, id: Int32)] = []
        for token in named { special.append((token, try id(token))) }
        specials = SpecialTokens(special)
        ends = model.addsSpecialTokens ? (opening, closing) : nil
        // Special tokens are no pieces: they have no scores of their own.
        let pieces = model.tokens.enumerated().filter { !named.contains($0.element) }
        vocabulary = Vocabulary(pieces.map { (token: $0.element, id: Int32(truncatingIfNeeded: $0.offset)) })
        scores = model.scores
        unknownScore = (pieces.map { model.scores[$0.offset] }.min() ?? 0) - Self.unknownPenalty
        longest = pieces.map(\.element.utf8.count).max() ?? 0
    }

    public func encode(_ text: String, maximumLength: Int?) -> TokenizedText {
        var ids: [Int32] = []
        for segment in specials.segments(of: text) {
            switch segment {
            case .token(let id): ids.append(id)
            case .text(let text): append(SentencePieceNormalizer.normalize(text), to: &ids)
            }
        }
        return TokenizedText(content: ids, between: ends, maximumLength: maximumLength)
    }

    /// Viterbi's algorithm over the places between characters.
    ///
    /// - Complexity: O(bytes · longest piece).
    private func append(_ text: [UInt8], to ids: inout [Int32]) {
        struct Step {
            var score = -Double.infinity
            var start = 0
            var id: Int32 = 0
        }
        var best = [Step](repeating: Step(), count: text.count + 1)
        best[0].score = 0
        for start in text.indices where best[start].score > -.infinity {
            var hash = Vocabulary.Hash()
            let length = Self.characterLength(text[start]), characterEnd = min(text.count, start + length)
            var isCovered = false
            for end in start..<min(text.count, start + longest) {
                hash.append(text[end])
                guard let id = vocabulary[text[start...end], hash: hash] else { continue }
                isCovered = isCovered || end + 1 == characterEnd
                let score = best[start].score + scores[Int(id)]
                if score > best[end + 1].score { best[end + 1] = Step(score: score, start: start, id: id) }
            }
            let score = best[start].score + unknownScore
            if !isCovered, score > best[characterEnd].score {
                best[characterEnd] = Step(score: score, start: start, id: unknown)
            }
        }
        var pieces: [Int32] = [], end = text.count
        while end > 0 {
            let step = best[end]
            // Unknown characters in a row are one token.
            if step.id != unknown || pieces.last != unknown { pieces.append(step.id) }
            end = step.start
        }
        ids += pieces.reversed()
    }

    private static func characterLength(_ byte: UInt8) -> Int {
        byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    }
}
