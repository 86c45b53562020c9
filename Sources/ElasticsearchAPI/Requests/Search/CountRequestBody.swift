public import Query

/// A `_count` request: how many documents match.
public struct CountRequest: Equatable, Sendable {
    /// Nil: all.
    public var query: Query?
    public var minimumScore: Float?
    /// How many documents of a shard are counted; nil: all.
    public var terminateAfter: Int?

    private enum Key: String, BodyKey {
        case query
    }

    /// - Parameter body: JSON; nil where the request has none.
    public init(body: (some Collection<UInt8>)?, parameters: QueryParameters) throws(ElasticsearchError) {
        if let body {
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
        query = try Query(parameters) ?? query
        minimumScore = try parameters.float("min_score")
        if let limit = try parameters.int("terminate_after") {
            guard limit >= 0 else { throw .illegalArgument("terminateAfter must be > 0") }
            terminateAfter = limit == 0 ? nil : limit
        }
    }
}
