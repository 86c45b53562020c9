internal import JSON

/// What a model's configuration says about requests; an uploaded model's own, Elasticsearch's defaults for any other.
public struct ModelSettings: Sendable, Equatable {
    /// The field of a document that holds the text.
    public var inputField = "text_field"
    /// The key of a result.
    public var resultsField = "predicted_value"
    public var truncation = TextTruncation.end
    /// Put before a text by whoever asks.
    public var prefixes: [TextPurpose: String] = [:]

    public init() {}

    /// - Parameter configuration: `model.json`.
    init(_ configuration: JSONValue) {
        if let field = configuration["input"]?["field_names"]?.array?.first?.string { inputField = field }
        let task = configuration["inference_config"]?["text_embedding"]
        if let field = task?["results_field"]?.string { resultsField = field }
        if task?["tokenization"]?.object?.first(where: { _ in true })?.value["truncate"]?.string == "none" {
            truncation = .never
        }
        for purpose in TextPurpose.allCases {
            prefixes[purpose] = configuration["prefix_strings"]?[purpose.rawValue]?.string
        }
    }
}

/// What a text's vector is for. Some models want to be told, by a prefix.
public enum TextPurpose: String, CaseIterable, Sendable {
    /// It is stored, to be found.
    case ingest
    /// It is what stored vectors are compared with.
    case search
}

/// What happens to a text that is longer than the model takes.
public enum TextTruncation: Sendable {
    /// The end is cut off.
    case end
    /// The request fails.
    case never
}
