internal import ElasticsearchAPI
internal import Indices

extension Handlers {
    /// `POST /{index}/_rank_eval`
    ///
    /// One search after the other: what is wanted is the quality of rankings, and each search uses the machine well by itself.
    @Sendable func evaluateRanking(_ request: APIRequest) async throws -> Reply {
        let decoded = try RankEvaluationRequest(body: try request.requiredBody())
        let expression = try request.indexExpression()
        var evaluation = RankEvaluationResponse()
        for item in decoded.items {
            do {
                let response = try await indices.search(item.search, in: expression)
                evaluation.add(response, for: item, by: decoded.metric)
            } catch {
                evaluation.add(ElasticsearchError(error) ?? .internalError, for: item)
            }
        }
        return .json(evaluation.json)
    }
}
