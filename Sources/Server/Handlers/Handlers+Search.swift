internal import ElasticsearchAPI
internal import Indices
internal import Query

extension Handlers {
    /// `POST /{index}/_search`
    @Sendable func search(_ request: APIRequest) async throws -> Reply {
        let decoded = try SearchRequest(body: request.bodyBytes, parameters: request.parameters)
        let response = try await indices.search(
            decoded.search, in: try request.indexExpression(), routing: request.parameters["routing"],
            allowsPartial: try request.parameters.bool("allow_partial_search_results") ?? true)
        return .json(response.json(decoded.format))
    }

    /// `POST /{index}/_count`
    @Sendable func count(_ request: APIRequest) async throws -> Reply {
        let decoded = try CountRequest(body: request.bodyBytes, parameters: request.parameters)
        let search = Search(
            query: decoded.query ?? .matchAll, size: 0, minimumScore: decoded.minimumScore, trackTotalHits: .exactly)
        let response = try await indices.search(
            search, in: try request.indexExpression(), routing: request.parameters["routing"])
        return .json(CountResponse(count: response.total?.value ?? 0, shards: response.shards).json)
    }
}
