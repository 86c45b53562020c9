internal import Mapping
public import Inference
public import JSON

/// An `_infer` request.
public struct InferRequest: Sendable {
    /// What one document holds; fields that the model does not read are ignored, as Elasticsearch does.
    public struct Document: Sendable {
        private let fields: [(name: String, value: JSONValue)]

        init(_ fields: [(name: String, value: JSONValue)]) {
            self.fields = fields
        }

        public subscript(name: String) -> JSONValue? { fields.first { $0.name == name }?.value }
    }

    public private(set) var documents: [Document] = []
    /// How long the request may take.
    public private(set) var timeout = InferenceService.defaultTimeout
    /// The task that `inference_config` is for; nil if there is none.
    public private(set) var task: String?
    /// Whether an input that is too long is cut (`truncate: first`) or refused (`none`); nil: as the model's
    /// configuration says.
    public private(set) var truncation: TextTruncation?
    /// The key of the result; nil: as the model's configuration says.
    public private(set) var resultsField: String?

    private enum Key: String, BodyKey {
        case docs, timeout, id
        case inferenceConfig = "inference_config"
    }

    private enum TextEmbeddingKey: String, BodyKey {
        case resultsField = "results_field"
        case tokenization
    }

    private enum TokenizationKey: String, BodyKey {
        case truncate, span
    }

    /// - Parameter parameters: their `timeout` wins.
    public init(body: some Collection<UInt8>, parameters: QueryParameters) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in try InferRequest(root) }
        if let duration = try parameters.duration("timeout") { timeout = duration }
    }

    private init(_ root: Node) throws(ParseError) {
        var isGiven = false
        for (key, field) in try root.fields(Key.self, of: .object("infer_model_action_request")) {
            switch key {
            case .docs:
                isGiven = true
                for node in field.oneOrMany() {
                    guard documents.count < InferenceService.maximumContents else { throw .tooManyContents(at: field.path) }
                    let members = try node.members(of: .object("docs"))
                    documents.append(Document(members.map { ($0.name, JSONValue($0.element)) }))
                }
            case .timeout: timeout = try Self.duration(field)
            case .id: _ = try field.string()
            case .inferenceConfig: try setConfig(field)
            }
        }
        guard isGiven else { throw .argument("Required [docs]") }
    }

    private mutating func setConfig(_ field: Field) throws(ParseError) {
        guard let config = try field.value.members(of: .object("inference_config")).first else { return }
        task = config.name
        guard config.name == "text_embedding" else { return }
        for (key, field) in try config.value.fields(TextEmbeddingKey.self, of: .object("text_embedding")) {
            switch key {
            case .resultsField: resultsField = try field.string()
            case .tokenization: try setTokenization(field)
            }
        }
    }

    /// `{"bert": {"truncate": …}}`, by the name of the model's tokenizer.
    private mutating func setTokenization(_ field: Field) throws(ParseError) {
        for tokenizer in try field.value.members(of: .object("text_embedding")) {
            for (key, field) in try tokenizer.value.fields(TokenizationKey.self, of: .object(tokenizer.name)) {
                switch key {
                case .truncate:
                    switch try field.string() {
                    case "first", "second", "balanced": truncation = .end
                    case "none": truncation = .never
                    case let other: throw .argument("Unknown truncate [\(other)]", at: field.path)
                    }
                case .span: guard try field.int() == -1 else { throw field.unexpected }
                }
            }
        }
    }

    private static func duration(_ field: Field) throws(ParseError) -> Duration {
        let text = try field.text()
        guard let duration = TimeValue.parse(text) else {
            throw .argument(
                "failed to parse setting [timeout] with value [\(text)] as a time value: unit is missing or unrecognized",
                at: field.path)
        }
        return duration
    }
}
