internal import Contents
public import Inference
internal import JSON
internal import Mapping

/// The body of `POST /_inference/{task_type}/{inference_id}`: texts, and of the task `embedding` pictures too.
public struct InferenceBody: Sendable {
    /// Each becomes one vector.
    public private(set) var groups: [ContentGroup] = []
    /// What the vectors are for; nil where it is not said.
    public private(set) var purpose: TextPurpose?
    public private(set) var timeout = InferenceService.defaultEndpointTimeout
    private var isGiven = false

    private enum TextKey: String, BodyKey {
        case input, query, timeout
        case inputType = "input_type"
        case taskSettings = "task_settings"
        case returnDocuments = "return_documents"
        case topN = "top_n"
    }

    private enum EmbeddingKey: String, BodyKey {
        case input
        case inputType = "input_type"
        case taskSettings = "task_settings"
    }

    /// - Throws: `ElasticsearchError`: what Elasticsearch says to a body that is none for the task.
    public init(body: some Collection<UInt8>, parameters: QueryParameters, task: InferenceTask) throws(ElasticsearchError) {
        var refused: [String] = []
        self = try JSONBody.decode(body) { (root) throws(ParseError) in
            var body = InferenceBody()
            switch task {
            case .textEmbedding: refused = try body.readTexts(root)
            case .embedding: try body.readContents(root)
            }
            return body
        }
        if let duration = try parameters.duration("timeout") { timeout = duration }
        if let name = refused.first {
            throw .validation(["Field [\(name)] cannot be specified for task type [\(task.rawValue)]"])
        }
        let name = task == .embedding ? "inputs" : "input"
        if !isGiven { throw .validation(["Field [\(name)] cannot be null"]) }
        if groups.isEmpty { throw .validation(["Field [\(name)] cannot be an empty array"]) }
    }

    private init() {}

    /// - Returns: the members that other tasks have.
    private mutating func readTexts(_ root: Node) throws(ParseError) -> [String] {
        var refused: [String] = []
        for (key, field) in try root.fields(TextKey.self, of: .object("cluster:internal/xpack/inference")) {
            switch key {
            case .input:
                isGiven = true
                for node in field.oneOrMany() {
                    guard let text = node.text else { throw field.unexpected(node) }
                    guard groups.count < InferenceService.maximumContents else { throw .tooManyContents(at: field.path) }
                    groups.append(ContentGroup(.text(text)))
                }
            case .inputType: purpose = try field.wrapping { () throws(ParseError) in try Self.purpose(field) }
            case .taskSettings: guard field.element.kind == .object else { throw field.unexpected }
            case .timeout: timeout = try field.duration()
            case .query, .returnDocuments, .topN: refused.append(field.name)
            }
        }
        return refused
    }

    private mutating func readContents(_ root: Node) throws(ParseError) {
        for (key, field) in try root.fields(EmbeddingKey.self, of: .object("EmbeddingRequest")) {
            switch key {
            case .input:
                guard [.string, .object, .array].contains(field.element.kind) else { throw field.unexpected }
                isGiven = true
                var contents = 0
                for node in field.oneOrMany() {
                    let group = try field.wrapping { () throws(ParseError) in try ContentGroup(node) }
                    contents += group.contents.count
                    guard contents <= InferenceService.maximumContents else { throw .tooManyContents(at: field.path) }
                    groups.append(group)
                }
            case .inputType: purpose = try field.wrapping { () throws(ParseError) in try Self.purpose(field) }
            case .taskSettings: guard field.element.kind == .object else { throw field.unexpected }
            }
        }
        guard isGiven else { throw .argument("Required [input]", at: root.path) }
    }

    private static func purpose(_ field: Field) throws(ParseError) -> TextPurpose? {
        let name = try field.string()
        switch name.lowercased() {
        case "ingest": return .ingest
        case "search": return .search
        case "unspecified", "classification", "clustering": return nil
        case "internal_ingest", "internal_search": throw .argument("Unrecognized input_type [\(name.lowercased())]", at: field.path)
        default: throw .argument("No enum constant org.elasticsearch.inference.InputType.\(name.uppercased())", at: field.path)
        }
    }
}

extension Field {
    /// The error for an element of the wrong kind.
    fileprivate func unexpected(_ node: Node) -> ParseError {
        parser.unexpected(Field(name: name, value: node, parser: parser))
    }
}
