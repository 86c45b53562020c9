/// Where something stands that a request does not hold itself, in a document: the values of a `terms` query, or the vector that
/// `query_vector_builder.lookup` asks for.
public struct DocumentLookup: Equatable, Sendable {
    public var index: String
    public var id: String
    /// A dotted path in the document's source.
    public var path: String
    public var routing: String?

    public init(index: String, id: String, path: String, routing: String? = nil) {
        self.index = index
        self.id = id
        self.path = path
        self.routing = routing
    }
}
