internal import ElasticsearchAPI
internal import Indices
internal import JSON

extension Handlers {
    /// `POST /{index}/_search/template`
    @Sendable func searchTemplate(_ request: APIRequest) async throws -> Reply {
        let decoded = try SearchTemplateRequest(body: try request.requiredBody()).search(
            indices.scripts, request.parameters, isIndexGiven: request.captures["index"] != nil)
        let response = try await indices.search(
            decoded.search, in: try request.indexExpression(), options: decoded.options)
        return .json(response.json(decoded.format))
    }

    /// `POST /_render/template`
    @Sendable func renderSearchTemplate(_ request: APIRequest) throws -> Reply {
        let template = try SearchTemplateRequest(body: request.bodyBytes, id: request.captures["id"])
        let document = try JSONDocument(parsing: try template.rendered(indices.scripts))
        return .json(["template_output": JSONValue(document.root)])
    }

    /// `POST /_msearch/template`
    @Sendable func multiSearchTemplate(_ request: APIRequest) async throws -> Reply {
        let start = ContinuousClock.now
        let decoded = try MultiSearchTemplateRequest(
            body: try request.requiredBody(), index: request.captures["index"], parameters: request.parameters)
        let items = decoded.items
        let entries = await multiSearchEntries(items.count, concurrency: decoded.concurrency) { number in
            let item = items[number]
            return (try item.search(indices.scripts), item.expression)
        }
        return .json(MultiSearchResponse.json(took: start.duration(to: .now).wholeMilliseconds, entries))
    }
}
