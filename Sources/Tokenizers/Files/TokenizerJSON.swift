internal import JSON

/// A `tokenizer.json` of Hugging Face's `tokenizers`, as far as CLIP's, BERT's and SigLIP's families use it.
struct TokenizerJSON {
    let file: String
    let root: JSONObject
    let model: JSONObject

    init(_ files: TokenizerFiles) throws(TokenizerError) {
        file = files.path("tokenizer.json")
        root = try files.object("tokenizer.json")
        guard let model = root["model"]?.object else { throw .malformed(file: file, reason: "[model] is not an object") }
        self.model = model
    }

    /// - Parameter lowercases: Whether texts are lowercased first where the file's own steps are followed.
    func tokenizer(lowercases: Bool = false) throws(TokenizerError) -> any Tokenizer {
        switch model["type"]?.string {
        case "Unigram": return try pipeline(lowercases: lowercases)
        case "BPE" where model["byte_fallback"]?.bool == true: return try pipeline(lowercases: lowercases)
        case "BPE": return try clip()
        case "WordPiece": return try wordPiece()
        case let type: throw unsupported("model.type", type)
        }
    }

    private func clip() throws(TokenizerError) -> CLIPTokenizer {
        // GPT-2's and RoBERTa's byte-level models have no end-of-word symbol.
        guard model["end_of_word_suffix"]?.string == "</w>" else {
            throw unsupported("model.end_of_word_suffix", model["end_of_word_suffix"]?.string)
        }
        let merges = try merges()
        let added = try addedTokens()
        var settings = CLIPTokenizer.Model(vocabulary: try vocabulary(adding: added), merges: merges)
        let ends = try surroundingTokens()
        settings.opening = ends.opening
        settings.closing = ends.closing
        settings.unknown = model["unk_token"]?.string ?? ends.closing
        return try CLIPTokenizer(settings, file: file)
    }

    /// In order of precedence.
    func merges() throws(TokenizerError) -> [(left: String, right: String)] {
        guard let list = model["merges"]?.array else { throw .malformed(file: file, reason: "[model.merges] is not a list") }
        var merges: [(left: String, right: String)] = []
        for element in list {
            if let line = element.string.flatMap(MergeLine.init) {
                merges.append((line.left, line.right))
            } else if let pair = element.array?.compactMap({ $0.string }), pair.count == 2 {
                merges.append((pair[0], pair[1]))
            } else {
                throw .malformed(file: file, reason: "[model.merges] holds something that is not a pair")
            }
        }
        return merges
    }

    private func wordPiece() throws(TokenizerError) -> WordPieceTokenizer {
        guard let steps = root["normalizer"]?.object, steps["type"]?.string == "BertNormalizer" else {
            throw unsupported("normalizer.type", root["normalizer"]?.object?["type"]?.string)
        }
        guard root["pre_tokenizer"]?.object?["type"]?.string == "BertPreTokenizer" else {
            throw unsupported("pre_tokenizer.type", root["pre_tokenizer"]?.object?["type"]?.string)
        }
        var normalizer = BERTNormalizer(
            lowercases: steps["lowercase"]?.bool ?? true, stripsAccents: steps["strip_accents"]?.bool)
        normalizer.cleansText = steps["clean_text"]?.bool ?? true
        normalizer.separatesIdeographs = steps["handle_chinese_chars"]?.bool ?? true
        let added = try addedTokens()
        var settings = WordPieceTokenizer.Model(vocabulary: try vocabulary(adding: added), normalizer: normalizer)
        let ends = try surroundingTokens()
        settings.opening = ends.opening
        settings.closing = ends.closing
        settings.unknown = model["unk_token"]?.string ?? settings.unknown
        settings.otherSpecials = added.map(\.token)
        settings.continuationPrefix = model["continuing_subword_prefix"]?.string ?? settings.continuationPrefix
        settings.maximumWordLength = model["max_input_chars_per_word"]?.int ?? settings.maximumWordLength
        return try WordPieceTokenizer(settings, file: file)
    }

    func vocabulary(adding added: [(token: String, id: Int32)]) throws(TokenizerError) -> Vocabulary {
        guard let vocabulary = model["vocab"]?.object else {
            throw .malformed(file: file, reason: "[model.vocab] is not an object")
        }
        return Vocabulary(try vocabulary.tokenIDs(file: file) + added)
    }

    private func addedTokens() throws(TokenizerError) -> [(token: String, id: Int32)] {
        var tokens: [(token: String, id: Int32)] = []
        for element in root["added_tokens"]?.array.map(Array.init) ?? [] {
            guard let entry = element.object, let token = entry["content"]?.string,
                let id = entry["id"]?.int.flatMap(Int32.init(exactly:))
            else { throw .malformed(file: file, reason: "[added_tokens] holds something that is not a token") }
            // `lstrip` and `rstrip` only move white space, which both families drop anyway.
            if entry["single_word"]?.bool == true { throw unsupported("added_tokens.single_word", token) }
            if entry["special"]?.bool == false { throw unsupported("added_tokens.special", token) }
            tokens.append((token, id))
        }
        return tokens
    }

    /// The tokens that the post-processor puts around a text.
    private func surroundingTokens() throws(TokenizerError) -> (opening: String, closing: String) {
        let step = root["post_processor"]?.object
        switch step?["type"]?.string {
        case "RobertaProcessing", "BertProcessing":
            if let opening = step?["cls"]?.array?.first(where: { _ in true })?.string,
                let closing = step?["sep"]?.array?.first(where: { _ in true })?.string
            {
                return (opening, closing)
            }
        case "TemplateProcessing":
            let template = step?["single"]?.array?.map { $0.object?["SpecialToken"]?.object?["id"]?.string } ?? []
            if template.count == 3, template[1] == nil, let opening = template[0], let closing = template[2] {
                return (opening, closing)
            }
        case let type: throw unsupported("post_processor.type", type)
        }
        throw .malformed(file: file, reason: "[post_processor] does not put one token before and one behind the text")
    }

    func malformed(_ reason: String) -> TokenizerError { .malformed(file: file, reason: reason) }

    func unsupported(_ field: String, _ value: String?) -> TokenizerError {
        .unsupported(file: file, field: field, value: value ?? "nothing")
    }
}
