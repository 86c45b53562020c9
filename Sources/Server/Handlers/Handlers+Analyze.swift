internal import ElasticsearchAPI
internal import Indices

extension Handlers {
    /// `GET|POST /_analyze`, `GET|POST /{index}/_analyze`
    @Sendable func analyze(_ request: APIRequest) throws -> Reply {
        let body = try request.bodyBytes.map { (bytes) throws in try AnalyzeRequest(body: bytes) } ?? AnalyzeRequest()
        // Elasticsearch takes the index as a parameter too.
        let index = request.captures["index"] ?? request.parameters["index"]
        return .json(try indices.analyze(body, index: index).json)
    }
}
