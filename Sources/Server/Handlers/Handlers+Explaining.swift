internal import ElasticsearchAPI
internal import Indices
internal import JSON

extension Handlers {
    /// `GET /{index}/_explain/{id}`
    @Sendable func explain(_ request: APIRequest) async throws -> Reply {
        let wanted = try ExplainRequest(
            index: try request.capture("index"), id: try request.capture("id"), body: request.bodyBytes,
            parameters: request.parameters)
        let result = try await indices.explain(wanted.query, wanted.document)
        return .json(result.json(showsDocument: wanted.showsDocument), status: result.status)
    }

    // MARK: Term vectors

    /// `GET /{index}/_termvectors/{id}` and `GET /{index}/_termvectors`
    @Sendable func termVectors(_ request: APIRequest) async throws -> Reply {
        let wanted = try TermVectorsRequest(
            index: try request.capture("index"), id: request.captures["id"], body: request.bodyBytes,
            parameters: request.parameters)
        return .json(try await indices.termVectors(wanted).json)
    }

    /// `GET /_mtermvectors` and `GET /{index}/_mtermvectors`
    @Sendable func multiTermVectors(_ request: APIRequest) async throws -> Reply {
        var entries: [JSONValue] = []
        let requests = try TermVectorsRequest.list(
            body: request.bodyBytes, index: request.captures["index"], parameters: request.parameters)
        for wanted in requests {
            do {
                entries.append(try await indices.termVectors(wanted).json)
            } catch {
                entries.append(
                    MissingDocument.json(index: wanted.index, id: wanted.id ?? "", ElasticsearchError(error) ?? .internalError))
            }
        }
        return .json(["docs": .array(entries)])
    }
}
