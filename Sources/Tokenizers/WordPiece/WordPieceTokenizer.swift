/// BERT's WordPiece: words and punctuation marks, each cut greedily into the longest pieces of the vocabulary.
public struct WordPieceTokenizer: Tokenizer {
    /// The files' contents, wherever they come from.
    public struct Model: Sendable {
        public var vocabulary: Vocabulary
        public var normalizer: BERTNormalizer
        public var opening = "[CLS]"
        public var closing = "[SEP]"
        public var unknown = "[UNK]"
        /// Recognised in raw text, besides the three above, where the vocabulary has them.
        public var otherSpecials = ["[PAD]", "[MASK]"]
        /// Before every piece that does not start a word.
        public var continuationPrefix = "##"
        /// In code points; a longer word is unknown as a whole.
        public var maximumWordLength = 100
        /// Whether the opening and the closing token are put around a text.
        public var addsSpecialTokens = true

        public init(vocabulary: Vocabulary, normalizer: BERTNormalizer) {
            self.vocabulary = vocabulary
            self.normalizer = normalizer
        }
    }

    private let vocabulary: Vocabulary
    private let normalizer: BERTNormalizer
    private let specials: SpecialTokens
    private let ends: TokenizedText.Ends?
    private let unknown: Int32
    private let prefix: [UInt8]
    private let prefixHash: Vocabulary.Hash
    private let maximumWordLength: Int

    /// - Parameter file: what errors name.
    public init(_ model: Model, file: String) throws(TokenizerError) {
        let vocabulary = model.vocabulary
        let opening = try vocabulary.id(of: model.opening, file: file)
        let closing = try vocabulary.id(of: model.closing, file: file)
        ends = model.addsSpecialTokens ? (opening, closing) : nil
        unknown = try vocabulary.id(of: model.unknown, file: file)
        specials = SpecialTokens(
            [(model.opening, opening), (model.closing, closing), (model.unknown, unknown)]
                + model.otherSpecials.compactMap { token in vocabulary[token].map { (token, $0) } })
        self.vocabulary = vocabulary
        normalizer = model.normalizer
        prefix = Array(model.continuationPrefix.utf8)
        prefixHash = Vocabulary.Hash(prefix)
        maximumWordLength = model.maximumWordLength
    }

    /// As `Tokenizer` has it: each word is cut into the longest pieces from its beginning on, or is unknown as a whole.
    public func encode(_ text: String, maximumLength: Int?) -> TokenizedText {
        var ids: [Int32] = []
        for segment in specials.segments(of: text) {
            switch segment {
            case .token(let id): ids.append(id)
            case .text(let text): encode(text, into: &ids)
            }
        }
        return TokenizedText(content: ids, between: ends, maximumLength: maximumLength)
    }

    private func encode(_ text: Substring, into ids: inout [Int32]) {
        var word = Word()
        for scalar in normalizer.normalize(text) {
            if scalar.properties.isWhitespace {
                flush(&word, into: &ids)
            } else if ReferenceUnicode.isPunctuation(scalar) {
                flush(&word, into: &ids)
                word.append(scalar)
                flush(&word, into: &ids)
            } else if word.length <= maximumWordLength {
                word.append(scalar)
            }
        }
        flush(&word, into: &ids)
    }

    /// Cuts the word into pieces; if one is not in the vocabulary, the whole word is unknown.
    private func flush(_ word: inout Word, into ids: inout [Int32]) {
        defer { word.clear() }
        guard word.length > 0 else { return }
        guard word.length <= maximumWordLength else { return ids.append(unknown) }
        let count = ids.count
        var start = 0
        while start < word.length {
            guard let piece = longestPiece(of: word, from: start) else {
                ids.removeSubrange(count...)
                return ids.append(unknown)
            }
            ids.append(piece.id)
            start = piece.end
        }
    }

    private func longestPiece(of word: Word, from start: Int) -> (id: Int32, end: Int)? {
        let first = word.boundaries[start]
        let prefix = start == 0 ? [] : prefix
        var hash = start == 0 ? Vocabulary.Hash() : prefixHash
        var longest: (id: Int32, end: Int)?
        for end in (start + 1)...word.length {
            for byte in word.bytes[word.boundaries[end - 1]..<word.boundaries[end]] { hash.append(byte) }
            if let id = vocabulary[word.bytes[first..<word.boundaries[end]], prefixed: prefix, hash: hash] {
                longest = (id, end)
            }
        }
        return longest
    }
}

/// The UTF-8 of one word and where its code points begin and end.
private struct Word {
    private(set) var bytes: [UInt8] = []
    private(set) var boundaries = [0]

    /// In code points.
    var length: Int { boundaries.count - 1 }

    mutating func append(_ scalar: Unicode.Scalar) {
        bytes += UTF8.encode(scalar).map(Array.init) ?? []
        boundaries.append(bytes.count)
    }

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        boundaries.removeSubrange(1...)
    }
}
