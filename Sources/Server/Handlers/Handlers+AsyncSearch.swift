internal import ElasticsearchAPI
internal import Indices
internal import JSON

extension Handlers {
    /// `POST /{index}/_async_search`
    @Sendable func submitAsyncSearch(_ request: APIRequest) async throws -> Reply {
        let options = try AsyncSearchRequest(request.parameters)
        let decoded = try SearchRequest(
            body: request.bodyBytes, parameters: request.parameters, isIndexGiven: request.captures["index"] != nil)
        let expression = try request.indexExpression()
        let search = try indices.asyncSearches.start(keepAlive: options.keepAlive) { [indices] in
            try await indices.search(decoded.search, in: expression, options: decoded.options)
        }
        await search.wait(options.wait)
        let isNeeded = options.isKept || search.status.completion == nil
        if !isNeeded { indices.asyncSearches.release(search) }
        let answer = search.json(decoded.format, showsID: isNeeded)
        return .json(answer.body, status: answer.status)
    }

    /// `GET /_async_search/{id}`
    @Sendable func getAsyncSearch(_ request: APIRequest) async throws -> Reply {
        let search = try findAsyncSearch(request)
        if let wait = try request.parameters.duration("wait_for_completion_timeout") { await search.wait(wait) }
        let answer = search.json(try SearchFormat(request.parameters), showsID: true)
        return .json(answer.body, status: answer.status)
    }

    /// `GET /_async_search/status/{id}`
    @Sendable func asyncSearchStatus(_ request: APIRequest) throws -> Reply {
        .json(try findAsyncSearch(request).statusJSON)
    }

    /// `DELETE /_async_search/{id}`
    @Sendable func deleteAsyncSearch(_ request: APIRequest) throws -> Reply {
        try indices.asyncSearches.delete(try request.capture("id"))
        return .json(Acknowledgement.acknowledged)
    }

    private func findAsyncSearch(_ request: APIRequest) throws -> AsyncSearch<SearchResponse> {
        let keepAlive = try request.parameters.duration("keep_alive")
        if let keepAlive { try AsyncSearchRequest.check(keepAlive) }
        return try indices.asyncSearches.find(try request.capture("id"), keepAlive: keepAlive)
    }
}
