public import Indices
public import JSON

/// The URL of `POST /{index}/_image`, whose body is a picture's bytes.
public struct ImageIndexRequest: Sendable {
    /// Parameters that begin so are fields of the document.
    static let fieldPrefix = "doc."

    /// The field of the vector; nil: the index's only one.
    public var field: String?
    /// Nil: the one that the index's mapping names.
    public var model: String?
    /// Whether the bytes are kept, so that the node can show the whole picture.
    public var keepsOriginal: Bool
    public var refresh: RefreshPolicy
    public var timeout: Duration?
    /// What the request says of the picture.
    public var fields: JSONMembers

    /// - Throws: `ElasticsearchError`.
    public init(_ parameters: QueryParameters) throws(ElasticsearchError) {
        field = parameters["field"]
        model = parameters["model"]
        keepsOriginal = try parameters.bool("keep") ?? true
        refresh = try RefreshPolicy(parameters)
        timeout = try parameters.duration("timeout")
        fields = [:]
        for name in parameters.names where name.hasPrefix(Self.fieldPrefix) {
            fields[String(name.dropFirst(Self.fieldPrefix.count))] = parameters[name].map { .string($0) }
        }
    }
}
