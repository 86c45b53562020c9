internal import ElasticsearchAPI
internal import Indices
internal import JSON

extension Handlers {
    /// `POST /{index}/_terms_enum`
    @Sendable func enumerateTerms(_ request: APIRequest) async throws -> Reply {
        let wanted = try TermsEnumRequest(body: try request.requiredBody()).enumeration
        let found = try await indices.terms(wanted, in: try request.indexExpression())
        return .json([
            "_shards": ["total": .int(found.shards), "successful": .int(found.shards), "failed": 0],
            "terms": .array(found.terms.map { .string($0) }), "complete": .bool(found.isComplete),
        ])
    }
}
