public import Query

/// A body that holds nothing but a query: `_validate/query`.
public struct QueryBody: Sendable {
    /// Nil: everything matches.
    public private(set) var query: Query?

    private enum Key: String, BodyKey {
        case query
    }

    /// A body, or the query of a URL, which wins over it.
    ///
    /// - Throws: `ElasticsearchError`.
    public init(body: (some Collection<UInt8>)?, parameters: QueryParameters) throws(ElasticsearchError) {
        try self.init(body: body)
        query = try Query(parameters) ?? query
    }

    /// - Throws: `ElasticsearchError`.
    public init(body: (some Collection<UInt8>)?) throws(ElasticsearchError) {
        guard let body else { return }
        query = try JSONBody.decode(body) { (root) throws(ParseError) in
            var query: Query?
            for (key, field) in try root.fields(Key.self, of: .queryBody) {
                switch key {
                case .query: query = try QueryDecoder().query(field.value)
                }
            }
            return query
        }
    }
}
