public import Indices
public import Query

/// An `_explain` request: a query, and the document that it is tried on.
public struct ExplainRequest: Sendable {
    public var query: Query
    public var document: DocumentRequest
    /// Whether the answer shows something of the document.
    public var showsDocument: Bool

    /// - Parameter body: JSON; nil where the request has none.
    /// - Throws: `ElasticsearchError`.
    public init(
        index: String, id: String, body: (some Collection<UInt8>)?, parameters: QueryParameters
    ) throws(ElasticsearchError) {
        var wanted = try Query(parameters)
        if wanted == nil { wanted = try QueryBody(body: body).query }
        guard let query = wanted else { throw .validation(["query is missing"]) }
        self.query = query
        document = DocumentRequest(index: index, id: id)
        document.routing = parameters["routing"]
        let source = try SourceRequest(parameters)
        let fields = parameters.list("stored_fields") ?? []
        document.setFields(fields, source: source)
        if source == nil, fields.isEmpty { document.fetch.source = .none }
        showsDocument = !fields.isEmpty || (source.map { $0.filter != .none } ?? false)
    }
}
