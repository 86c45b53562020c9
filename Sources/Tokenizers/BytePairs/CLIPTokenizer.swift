/// CLIP's byte-level byte-pair encoding, as the fast tokenizers of Hugging Face compute it: NFC, lowercase, split into
/// words, bytes as symbols with `</w>` on the last, merges.
public struct CLIPTokenizer: Tokenizer {
    /// The files' contents, wherever they come from.
    public struct Model: Sendable {
        public var vocabulary: Vocabulary
        /// In order of precedence.
        public var merges: [(left: String, right: String)]
        public var opening = "<|startoftext|>"
        public var closing = "<|endoftext|>"
        /// Stands for a byte that the vocabulary does not have.
        public var unknown = "<|endoftext|>"

        public init(vocabulary: Vocabulary, merges: [(left: String, right: String)]) {
            self.vocabulary = vocabulary
            self.merges = merges
        }
    }

    private static let wordEnd = "</w>"

    private let specials: SpecialTokens
    private let splitter: CLIPWordSplitter
    private let merges: PairMerges
    private let opening: Int32
    private let closing: Int32
    /// The id of each byte inside a word, then of each byte at its end: 512.
    private let byteSymbols: [Int32]

    /// - Parameter file: what errors name.
    public init(_ model: Model, file: String) throws(TokenizerError) {
        let vocabulary = model.vocabulary
        opening = try vocabulary.id(of: model.opening, file: file)
        closing = try vocabulary.id(of: model.closing, file: file)
        let unknown = try vocabulary.id(of: model.unknown, file: file)
        specials = SpecialTokens([(model.opening, opening), (model.closing, closing)])
        splitter = CLIPWordSplitter(specialTokens: [model.opening, model.closing])
        let alphabet = ByteAlphabet.characters
        byteSymbols =
            alphabet.map { vocabulary[String($0)] ?? unknown }
            + alphabet.map { vocabulary[String($0) + Self.wordEnd] ?? unknown }
        merges = try PairMerges(model.merges, in: vocabulary, file: file)
    }

    /// As `Tokenizer` has it. Letter case and runs of spaces make no difference.
    public func encode(_ text: String, maximumLength: Int?) -> TokenizedText {
        var ids: [Int32] = []
        for segment in specials.segments(of: text) {
            switch segment {
            case .token(let id): ids.append(id)
            case .text(let text): splitter.forEachWord(in: text) { ids += encode(word: $0) }
            }
        }
        return TokenizedText(content: ids, between: (opening, closing), maximumLength: maximumLength)
    }

    private func encode(word: [UInt8]) -> [Int32] {
        guard let last = word.last else { return [] }
        return merges.apply(to: word.dropLast().map { byteSymbols[Int($0)] } + [byteSymbols[256 + Int(last)]])
    }
}

/// GPT-2's invertible alphabet: a printable character for each byte, so that a vocabulary can be kept as text.
enum ByteAlphabet {
    static let characters: [Unicode.Scalar] = {
        let printable: [ClosedRange<UInt32>] = [0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF]
        var next: UInt32 = 0x100
        return (UInt32(0)..<256).compactMap { byte in
            if printable.contains(where: { $0.contains(byte) }) { return Unicode.Scalar(byte) }
            defer { next += 1 }
            return Unicode.Scalar(next)
        }
    }()
}
