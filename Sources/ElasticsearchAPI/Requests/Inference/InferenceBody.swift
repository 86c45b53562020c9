internal import Inference
internal import JSON
internal import Mapping

/// The body of `POST /_inference/{task_type}/{inference_id}`: texts, and of the task `embedding` pictures too.
public struct InferenceBody: Sendable {
    /// One thing to be turned into a vector.
    public enum Input: Sendable {
        case text(String)
        /// A `data:` URI.
        case image(String)
    }

    public private(set) var inputs: [Input] = []
    public private(set) var timeout = InferenceService.defaultTimeout

    public init(body: some Collection<UInt8>, parameters: QueryParameters) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in try InferenceBody(root) }
        if let duration = try parameters.duration("timeout") { timeout = duration }
        guard !inputs.isEmpty else {
            throw ElasticsearchError.validation(["Field [input] cannot be an empty array"])
        }
    }

    private init(_ root: Node) throws(ParseError) {
        var isGiven = false
        for field in try root.members(of: .object("inference_action")) {
            switch field.name {
            case "input":
                isGiven = true
                for node in field.oneOrMany() { inputs.append(try Self.input(node, field)) }
            case "task_settings", "input_type", "query", "return_documents", "top_n": break
            default: throw Parser.object("inference_action").unknown(field, known: ["input", "task_settings", "input_type"])
            }
        }
        guard isGiven else { throw .argument("Required [input]") }
    }

    private static func input(_ node: Node, _ field: Field) throws(ParseError) -> Input {
        if let text = node.element.string { return .text(text) }
        var type: String?, value: String?
        for member in try node.members(of: .object("input")) {
            switch member.name {
            // The content stands in the object, or below it.
            case "content": return try input(member.oneOrMany().first ?? member.value, member)
            case "type": type = try member.string()
            case "value": value = try member.string()
            case "format": _ = try member.string()
            default: throw Parser.object("input").unknown(member, known: ["content", "type", "format", "value"])
            }
        }
        guard let value else { throw field.unexpected }
        return type == "image" ? .image(value) : .text(value)
    }
}
