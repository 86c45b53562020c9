internal import JSON

/// Makes the tokenizer that a model folder describes.
public enum TokenizerLoader {
    /// Loads from the first of these that the folder has: `model.json` with `vocabulary.json` (an uploaded model);
    /// `spiece.model`, if it is SigLIP's; `tokenizer.json`; `vocab.json` with `merges.txt` (CLIP); `vocab.txt` (WordPiece).
    /// Settings come from `tokenizer_config.json` and `special_tokens_map.json` where the vocabulary stands alone. Truncation
    /// and padding in `tokenizer.json` are the caller's business and not read.
    ///
    /// - Throws: `TokenizerError`, which names the file.
    public static func load(folder: String) throws(TokenizerError) -> any Tokenizer {
        let files = TokenizerFiles(folder: folder)
        if files.has("model.json") {
            return try UploadedVocabulary(files).tokenizer(try Tokenization(folder: folder))
        }
        let settings = try TokenizerSettings(files)
        if files.has("spiece.model"), try isSigLIP(files, settings) { return try SigLIPTokenizer(files, settings) }
        if files.has("tokenizer.json") {
            // This class lowercases whatever its file says.
            let lowercases = settings.text("tokenizer_class")?.hasPrefix("Siglip2Tokenizer") ?? false
            return try TokenizerJSON(files).tokenizer(lowercases: lowercases)
        }
        if files.has("vocab.json"), files.has("merges.txt") { return try clip(files, settings) }
        if files.has("vocab.txt") { return try wordPiece(files, settings) }
        throw .noTokenizer(folder: folder)
    }

    /// By the tokenizer's class, or else by the model's.
    private static func isSigLIP(_ files: TokenizerFiles, _ settings: TokenizerSettings) throws(TokenizerError) -> Bool {
        if let kind = settings.text("tokenizer_class") { return kind == "SiglipTokenizer" }
        return files.has("config.json") ? try files.object("config.json")["model_type"]?.string == "siglip" : false
    }

    private static func clip(
        _ files: TokenizerFiles, _ settings: TokenizerSettings
    ) throws(TokenizerError) -> CLIPTokenizer {
        var merges: [(left: String, right: String)] = []
        for (number, line) in try files.lines("merges.txt").enumerated() {
            if line.isEmpty || number == 0 && line.hasPrefix("#version") { continue }
            guard let merge = MergeLine(line) else {
                throw .malformed(file: files.path("merges.txt"), reason: "line \(number + 1) is not a pair")
            }
            merges.append((merge.left, merge.right))
        }
        var model = CLIPTokenizer.Model(
            vocabulary: Vocabulary(try files.object("vocab.json").tokenIDs(file: files.path("vocab.json"))), merges: merges)
        model.opening = settings.token("bos_token") ?? model.opening
        model.closing = settings.token("eos_token") ?? model.closing
        model.unknown = settings.token("unk_token") ?? model.unknown
        return try CLIPTokenizer(model, file: files.path("vocab.json"))
    }

    private static func wordPiece(
        _ files: TokenizerFiles, _ settings: TokenizerSettings
    ) throws(TokenizerError) -> WordPieceTokenizer {
        let lines = try files.lines("vocab.txt")
        let vocabulary = Vocabulary(lines.enumerated().map { (token: $1, id: Int32($0)) })
        var normalizer = BERTNormalizer(
            lowercases: settings.flag("do_lower_case") ?? true, stripsAccents: settings.flag("strip_accents"))
        normalizer.separatesIdeographs = settings.flag("tokenize_chinese_chars") ?? true
        var model = WordPieceTokenizer.Model(vocabulary: vocabulary, normalizer: normalizer)
        model.opening = settings.token("cls_token") ?? model.opening
        model.closing = settings.token("sep_token") ?? model.closing
        model.unknown = settings.token("unk_token") ?? model.unknown
        model.otherSpecials = [settings.token("pad_token") ?? "[PAD]", settings.token("mask_token") ?? "[MASK]"]
        return try WordPieceTokenizer(model, file: files.path("vocab.txt"))
    }
}

/// One merge as it stands in `merges.txt`.
struct MergeLine {
    let left: String
    let right: String

    init?(_ line: String) {
        let parts = line.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 2, let left = String(parts[0]), let right = String(parts[1]), !left.isEmpty, !right.isEmpty
        else { return nil }
        self.left = left
        self.right = right
    }
}
