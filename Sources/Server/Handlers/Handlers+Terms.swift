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

    /// `POST /{index}/_knn_search`: of clients of version 8.
    @Sendable func nearestSearch(_ request: APIRequest) async throws -> Reply {
        Deprecations.add(NearestSearchRequest.deprecation)
        let decoded = try SearchRequest(
            body: try NearestSearchRequest.searchBody(try request.requiredBody()), parameters: request.parameters, isIndexGiven: true)
        let response = try await indices.search(decoded.search, in: try request.indexExpression(), options: decoded.options)
        return .json(response.json(decoded.format))
    }

    /// `GET /_health_report/{feature}`
    @Sendable func healthReport(_ request: APIRequest) throws -> Reply {
        let report = HealthReport(
            health: try indices.health(), node: node, features: request.names("feature"),
            isVerbose: try request.parameters.bool("verbose") ?? true, size: try request.parameters.int("size") ?? 1000)
        return .json(try report.json)
    }
}
