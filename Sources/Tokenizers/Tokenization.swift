internal import JSON

/// How the texts of an uploaded model are to be tokenised, from the one member of `tokenization` in its configuration, with
/// Elasticsearch's defaults.
///
/// Source: Elasticsearch's reference, "Create trained models", `inference_config.*.tokenization`.
public struct Tokenization: Sendable, Equatable {
    /// The tokenizer's family. Raw values are Elasticsearch's names but for the last.
    public enum Kind: String, Sendable, CaseIterable {
        case bert, mpnet, roberta
        case xlmRoBERTa = "xlm_roberta"
        /// Not Elasticsearch's: CLIP's own, for a CLIP text tower.
        case clip
    }

    /// What happens to texts that are too long.
    public enum Truncation: String, Sendable, CaseIterable {
        /// They are an error.
        case none
        case first, second, balanced
    }

    public static let maximumLengthLimit = 1_000_000

    public var kind: Kind
    public var lowercases: Bool
    /// Whether the first word is treated as if it had a space before it (`roberta`).
    public var addsPrefixSpace: Bool
    /// Whether the opening and the closing token are put around a text.
    public var addsSpecialTokens: Bool
    /// The most ids of a text, special tokens included.
    public var maximumLength: Int
    public var truncation: Truncation
    /// How many ids the windows of a long text share; -1 for no windows.
    public var span: Int

    /// - Parameter folder: Of `model.json`.
    /// - Throws: `TokenizerError`, which names the field.
    public init(folder: String) throws(TokenizerError) {
        let files = TokenizerFiles(folder: folder), name = "model.json"
        let path = "inference_config.text_embedding.tokenization"
        var object: JSONObject? = try files.object(name)
        for part in path.split(separator: ".") { object = object?[String(part)]?.object }
        let members = object.map(Array.init) ?? []
        guard members.count <= 1 else {
            throw .malformed(file: files.path(name), reason: "[\(path)] names more than one kind")
        }
        let kind = members.first?.key ?? Kind.bert.rawValue
        guard let known = Kind(rawValue: kind) else {
            throw .unsupported(file: files.path(name), field: path, value: kind)
        }
        self.kind = known
        let settings = Settings(file: files.path(name), path: "\(path).\(kind)", object: members.first?.value.object)
        self.lowercases = try settings.bool("do_lower_case") ?? false
        self.addsPrefixSpace = try settings.bool("add_prefix_space") ?? false
        self.addsSpecialTokens = try settings.bool("with_special_tokens") ?? true
        self.maximumLength = try settings.int("max_sequence_length", in: 1...Self.maximumLengthLimit) ?? 512
        self.span = try settings.int("span", in: -1...1_000_000) ?? -1
        let truncation = try settings.string("truncate") ?? Truncation.first.rawValue
        guard let truncation = Truncation(rawValue: truncation) else {
            throw .unsupported(file: files.path(name), field: "\(path).\(kind).truncate", value: truncation)
        }
        self.truncation = truncation
    }

    private struct Settings {
        let file: String
        let path: String
        let object: JSONObject?

        private func value(_ field: String) -> JSONElement? { object?[field].flatMap { $0.isNull ? nil : $0 } }

        private func invalid(_ field: String) -> TokenizerError {
            .malformed(file: file, reason: "[\(path).\(field)] has a wrong value")
        }

        func bool(_ field: String) throws(TokenizerError) -> Bool? {
            guard let value = value(field) else { return nil }
            guard let bool = value.bool else { throw invalid(field) }
            return bool
        }

        func int(_ field: String, in range: ClosedRange<Int>) throws(TokenizerError) -> Int? {
            guard let value = value(field) else { return nil }
            guard let int = value.int, range.contains(int) else { throw invalid(field) }
            return int
        }

        func string(_ field: String) throws(TokenizerError) -> String? {
            guard let value = value(field) else { return nil }
            guard let string = value.string else { throw invalid(field) }
            return string
        }
    }
}
