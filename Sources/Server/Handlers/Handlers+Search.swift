internal import ElasticsearchAPI
internal import Indices
internal import JSON
internal import Query

extension Handlers {
    /// `POST /{index}/_search`
    @Sendable func search(_ request: APIRequest) async throws -> Reply {
        let decoded = try SearchRequest(
            body: request.bodyBytes, parameters: request.parameters, isIndexGiven: request.captures["index"] != nil)
        let response = try await indices.search(
            decoded.search, in: try request.indexExpression(), options: decoded.options)
        return .json(response.json(decoded.format))
    }

    /// `POST /{index}/_count`
    @Sendable func count(_ request: APIRequest) async throws -> Reply {
        let decoded = try CountRequest(body: request.bodyBytes, parameters: request.parameters)
        var search = Search(
            query: decoded.query ?? .matchAll, size: 0, minimumScore: decoded.minimumScore, trackTotalHits: .exactly)
        search.terminateAfter = decoded.terminateAfter
        let response = try await indices.search(
            search, in: try request.indexExpression(), options: try SearchOptions(request.parameters))
        var answer = CountResponse(count: response.total?.value ?? 0, shards: response.shards, failures: response.failures)
        answer.isTerminatedEarly = response.isTerminatedEarly
        return .json(answer.json)
    }

    /// `POST /_msearch` and `POST /{index}/_msearch`
    ///
    /// Searches run side by side: as many as there are processors, or as the request says.
    @Sendable func multiSearch(_ request: APIRequest) async throws -> Reply {
        let start = ContinuousClock.now
        let decoded = try MultiSearchRequest(
            body: try request.requiredBody(), index: request.captures["index"], parameters: request.parameters)
        let items = decoded.items
        let entries = await multiSearchEntries(items.count, concurrency: decoded.concurrency) { number in
            (items[number].request, items[number].expression)
        }
        return .json(MultiSearchResponse.json(took: start.duration(to: .now).wholeMilliseconds, entries))
    }

    /// More only wait for each other.
    private static let concurrentSearches = 64

    /// The answers of several searches, in their order.
    ///
    /// - Parameters:
    ///   - concurrency: nil: as many as there are processors.
    ///   - item: a search, or what is wrong with it: an error is an answer, too.
    func multiSearchEntries(
        _ count: Int, concurrency: Int?, _ item: @escaping @Sendable (Int) throws -> (SearchRequest, IndexExpression)
    ) async -> [JSONValue] {
        await withTaskGroup(of: (Int, JSONValue).self) { group in
            var entries = [JSONValue](repeating: .null, count: count)
            for number in 0..<count {
                if number >= concurrency ?? Self.concurrentSearches, let (done, entry) = await group.next() {
                    entries[done] = entry
                }
                group.addTask { (number, await entry { try item(number) }) }
            }
            for await (done, entry) in group { entries[done] = entry }
            return entries
        }
    }

    private func entry(_ item: () throws -> (SearchRequest, IndexExpression)) async -> JSONValue {
        do {
            let (request, expression) = try item()
            let response = try await indices.search(request.search, in: expression, options: request.options)
            return MultiSearchResponse.entry(response, request.format)
        } catch {
            return MultiSearchResponse.entry(ElasticsearchError(error) ?? .internalError)
        }
    }

    // MARK: Scrolls and points in time

    /// `POST /_search/scroll`
    @Sendable func scroll(_ request: APIRequest) async throws -> Reply {
        let body = try ScrollBody(
            request.bodyBytes, path: request.captures["scroll_id"], parameters: request.parameters, takesMany: false)
        let response = try await indices.scroll(body.ids.first ?? "", keepAlive: body.keepAlive)
        return .json(response.json(try SearchFormat(request.parameters)))
    }

    /// `DELETE /_search/scroll`
    @Sendable func clearScroll(_ request: APIRequest) throws -> Reply {
        let body = try ScrollBody(
            request.bodyBytes, path: request.captures["scroll_id"], parameters: request.parameters, takesMany: true)
        let count = try indices.closeScrolls(body.ids == ["_all"] ? nil : body.ids)
        return .json(SearchContextResponse.closed(count), status: count > 0 || body.ids == ["_all"] ? 200 : 404)
    }

    /// `POST /{index}/_pit`
    @Sendable func openPointInTime(_ request: APIRequest) throws -> Reply {
        guard let keepAlive = try request.parameters.duration("keep_alive") else {
            throw ElasticsearchError.validation(["[keep_alive] is missing"])
        }
        let opened = try indices.openPointInTime(
            try request.indexExpression(), routing: request.parameters.list("routing") ?? [], keepAlive: keepAlive)
        return .json(SearchContextResponse.opened(opened.id, opened.shards))
    }

    /// `DELETE /_pit`
    @Sendable func closePointInTime(_ request: APIRequest) throws -> Reply {
        let isClosed = try indices.closePointInTime(try ClosePointInTimeBody(try request.requiredBody()).id)
        return .json(SearchContextResponse.closed(isClosed ? 1 : 0), status: isClosed ? 200 : 404)
    }

    /// `POST /{index}/_knn_search`: of clients of version 8.
    @Sendable func nearestSearch(_ request: APIRequest) async throws -> Reply {
        Deprecations.add(NearestSearchRequest.deprecation)
        let decoded = try SearchRequest(
            body: try NearestSearchRequest.searchBody(try request.requiredBody()), parameters: request.parameters, isIndexGiven: true)
        let response = try await indices.search(decoded.search, in: try request.indexExpression(), options: decoded.options)
        return .json(response.json(decoded.format))
    }
}
