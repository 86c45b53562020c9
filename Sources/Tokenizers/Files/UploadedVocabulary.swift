internal import JSON

/// `vocabulary.json` of an uploaded model: tokens by id, merges of byte-pair encodings, scores of unigram models.
struct UploadedVocabulary {
    let file: String
    let tokens: [String]
    let merges: [(left: String, right: String)]
    let scores: [Double]

    init(_ files: TokenizerFiles) throws(TokenizerError) {
        let name = "vocabulary.json", object = try files.object(name)
        file = files.path(name)
        func malformed(_ field: String) -> TokenizerError {
            .malformed(file: files.path(name), reason: "[\(field)] is not a list of what it should be")
        }
        guard let list = object["vocabulary"]?.array else { throw malformed("vocabulary") }
        var tokens: [String] = []
        for element in list {
            guard let token = element.string else { throw malformed("vocabulary") }
            tokens.append(token)
        }
        var merges: [(left: String, right: String)] = []
        for element in object["merges"]?.array.map(Array.init) ?? [] {
            guard let merge = element.string.flatMap(MergeLine.init) else { throw malformed("merges") }
            merges.append((merge.left, merge.right))
        }
        var scores: [Double] = []
        for element in object["scores"]?.array.map(Array.init) ?? [] {
            guard let score = element.double, score.isFinite else { throw malformed("scores") }
            scores.append(score)
        }
        self.tokens = tokens
        self.merges = merges
        self.scores = scores
    }

    /// The table from tokens to ids.
    var table: Vocabulary { Vocabulary(tokens.enumerated().map { (token: $1, id: Int32(truncatingIfNeeded: $0)) }) }

    func tokenizer(_ settings: Tokenization) throws(TokenizerError) -> any Tokenizer {
        switch settings.kind {
        case .bert: return try wordPiece(settings) { _ in }
        case .mpnet:
            return try wordPiece(settings) { model in
                (model.opening, model.closing) = ("<s>", "</s>")
                model.otherSpecials = ["<pad>", "<mask>", "<unk>"]
            }
        case .roberta:
            var model = ByteLevelTokenizer.Model(vocabulary: table, merges: merges)
            model.addsPrefixSpace = settings.addsPrefixSpace
            model.addsSpecialTokens = settings.addsSpecialTokens
            return try ByteLevelTokenizer(model, file: file)
        case .xlmRoBERTa:
            var model = UnigramTokenizer.Model(tokens: tokens, scores: scores)
            model.addsSpecialTokens = settings.addsSpecialTokens
            return try UnigramTokenizer(model, file: file)
        case .clip:
            return try CLIPTokenizer(CLIPTokenizer.Model(vocabulary: table, merges: merges), file: file)
        }
    }

    private func wordPiece(
        _ settings: Tokenization, _ adjust: (inout WordPieceTokenizer.Model) -> Void
    ) throws(TokenizerError) -> WordPieceTokenizer {
        var model = WordPieceTokenizer.Model(vocabulary: table, normalizer: BERTNormalizer(lowercases: settings.lowercases))
        model.addsSpecialTokens = settings.addsSpecialTokens
        adjust(&model)
        return try WordPieceTokenizer(model, file: file)
    }
}
