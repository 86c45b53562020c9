/// SigLIP's tokenizer over a `spiece.model`: lowercase, no ASCII punctuation, single spaces, then the likeliest pieces, and one
/// token behind them.
///
/// Source: transformers, models/siglip/tokenization_siglip.py and tokenization_python.py.
struct SigLIPTokenizer: Tokenizer {
    private let model: UnigramModel
    private let rules: SentencePieceRules
    private let specials: AddedTokens
    private let closing: Int32
    private let lowercases: Bool
    /// `▁` alone, if it is a piece.
    private let space: Int32?
    /// Put before every stretch of text and cut off again, so that the model adds no space of its own.
    private let guardText: String
    private let guardLength: Int

    private static let mark: Unicode.Scalar = "\u{2581}"

    init(_ files: TokenizerFiles, _ settings: TokenizerSettings) throws(TokenizerError) {
        let file = files.path("spiece.model")
        let proto = try SentencePieceModel(Array(try files.bytes("spiece.model")), file: file)
        let pieces = proto.pieces.enumerated().map { index, piece in
            (token: piece.text, id: Int32(truncatingIfNeeded: index), kind: piece.kind)
        }
        let all = Vocabulary(pieces.map { ($0.token, $0.id) })
        let unknown = settings.token("unk_token") ?? "<unk>", ending = settings.token("eos_token") ?? "</s>"
        var bytes: [Int32]?
        if proto.hasByteFallback {
            var ids: [Int32] = []
            for token in ByteToken.all { ids.append(try all.id(of: token, file: file)) }
            bytes = ids
        }
        guard let stranger = pieces.first(where: { $0.kind == .unknown }) else {
            throw .missingToken(file: file, token: unknown)
        }
        model = UnigramModel(
            pieces: pieces.filter { $0.kind == .normal }.map { ($0.token, $0.id) },
            scores: proto.pieces.map { Double($0.score) }, unknown: stranger.id, byteSymbols: bytes, isSinglePrecision: true)
        rules = proto.normalizer
        closing = try all.id(of: ending, file: file)
        var tokens = settings.addedTokens()
        for token in [unknown, ending, settings.token("pad_token") ?? ending]
        where !tokens.contains(where: { $0.content == token }) {
            let id = try all.id(of: token, file: file)
            tokens.append(AddedTokens.Token(content: token, id: id, stripsLeft: true, stripsRight: true))
        }
        specials = AddedTokens(tokens, isSpace: PythonText.isSpace)
        lowercases = settings.flag("do_lower_case") ?? true
        space = all[String([Self.mark])]
        guardText = unknown
        var guardPieces: [Int32] = []
        model.append(rules.normalize(Array(unknown.utf8)), to: &guardPieces)
        guardLength = guardPieces.count
    }

    func encode(_ text: String, maximumLength: Int?) -> TokenizedText {
        var ids: [Int32] = []
        let spaced = text.unicodeScalars.map { $0 == Self.mark ? " " : $0 }
        for segment in specials.segments(of: String([Self.mark] + spaced)) {
            switch segment {
            case .token(let id):
                // A space before the first token is none of the text's.
                if ids == space.map({ [$0] }) { ids.removeAll() }
                ids.append(id)
            case .text(let text): append(text, to: &ids)
            }
        }
        let length = ids.count + 1, isTruncated = maximumLength.map { length > $0 } ?? false
        if isTruncated, let maximumLength { ids.removeSubrange(max(0, maximumLength - 1)...) }
        // A text that ends with the token gets no second one.
        if ids.last != closing { ids.append(closing) }
        return TokenizedText(ids: ids, fullLength: isTruncated ? length : ids.count)
    }

    private func append(_ text: Substring, to ids: inout [Int32]) {
        let scalars = Array(text.unicodeScalars)
        let canonical = PythonText.singleSpaced(
            (lowercases ? PythonText.lowercased(scalars) : scalars).filter { !PythonText.isASCIIPunctuation($0) })
        var pieces: [Int32] = []
        model.append(rules.normalize(Array((guardText + String(canonical)).utf8)), to: &pieces)
        ids += pieces.count >= guardLength ? pieces.dropFirst(guardLength) : pieces[...]
    }
}
