internal import ElasticsearchAPI
internal import Foundation
internal import Indices
internal import JSON

extension Handlers {
    private var reader: SQLReader { SQLReader(indices: indices) }

    /// `POST /_sql`
    @Sendable func runSQL(_ request: APIRequest) async throws -> Reply {
        let decoded = try SQLRequest(try request.requiredBody())
        let format = try SQLTextFormat.wanted(request.parameters, accept: request.negotiation.accept)
        if decoded.isColumnar, format != nil {
            throw ElasticsearchError.illegalArgument(
                "Invalid use of [columnar] argument: cannot be used in combination with txt, csv or tsv formats")
        }
        let start = Date()
        var answer: SQLAnswer
        if let id = decoded.cursor {
            answer = try await nextPage(id)
        } else {
            let plan = try plan(decoded)
            let page = try await reader.page(SQLCursor(plan, decoded))
            answer = SQLAnswer(plan, page.rows, cursor: try page.next.map { try keep($0) })
        }
        if decoded.wait != nil, decoded.isKept {
            let content = SQLStore.Content.answer(answer, start: start, expiry: start + Double(decoded.keepAlive.wholeMilliseconds) / 1000)
            answer.identity = .init(id: try sqlStore.keep(content, for: decoded.keepAlive))
        }
        return reply(answer, format, isColumnar: decoded.isColumnar)
    }

    /// `POST /_sql/translate`
    @Sendable func translateSQL(_ request: APIRequest) throws -> Reply {
        let decoded = try SQLRequest(try request.requiredBody(), isTranslated: true)
        guard let body = try plan(decoded).translation(fetchSize: decoded.fetchSize) else {
            throw ElasticsearchError.illegalArgument("Cannot generate a query DSL for a statement that needs no search")
        }
        return .json(body)
    }

    /// `POST /_sql/close`
    @Sendable func closeSQLCursor(_ request: APIRequest) throws -> Reply {
        let id = try SQLCursorBody(try request.requiredBody()).cursor
        guard case .cursor? = sqlStore.find(id), case .cursor(let cursor)? = sqlStore.remove(id) else {
            return .json(["succeeded": false])
        }
        reader.close(cursor)
        return .json(["succeeded": true])
    }

    // MARK: Answers that are kept

    /// `GET /_sql/async/{id}`
    @Sendable func getSQLAnswer(_ request: APIRequest) throws -> Reply {
        let format = try SQLTextFormat.wanted(request.parameters, accept: request.negotiation.accept)
        let keepAlive = try request.parameters.duration("keep_alive")
        if let keepAlive { try AsyncSearchRequest.check(keepAlive) }
        // It has ended: there is nothing to wait for.
        _ = try request.parameters.duration("wait_for_completion_timeout")
        let id = try request.capture("id")
        guard case .answer(var answer, let start, _)? = sqlStore.find(id) else { throw sqlAnswerMissing(id) }
        if let keepAlive {
            let expiry = Date() + Double(keepAlive.wholeMilliseconds) / 1000
            _ = try sqlStore.keep(.answer(answer, start: start, expiry: expiry), as: id, for: keepAlive)
        }
        answer.identity = .init(id: id)
        return reply(answer, format, isColumnar: false)
    }

    /// `GET /_sql/async/status/{id}`
    @Sendable func sqlAnswerStatus(_ request: APIRequest) throws -> Reply {
        let id = try request.capture("id")
        guard case .answer(_, let start, let expiry)? = sqlStore.find(id) else { throw sqlAnswerMissing(id) }
        return .json([
            "id": .string(id), "is_running": false, "is_partial": false, "start_time_in_millis": .int(Int(start.timeIntervalSince1970 * 1000)),
            "expiration_time_in_millis": .int(Int(expiry.timeIntervalSince1970 * 1000)), "completion_status": 200,
        ])
    }

    /// `DELETE /_sql/async/delete/{id}`
    @Sendable func deleteSQLAnswer(_ request: APIRequest) throws -> Reply {
        let id = try request.capture("id")
        guard case .answer? = sqlStore.find(id), sqlStore.remove(id) != nil else { throw sqlAnswerMissing(id) }
        return .json(Acknowledgement.acknowledged)
    }

    private func sqlAnswerMissing(_ id: String) -> ElasticsearchError {
        ElasticsearchError(status: 404, "resource_not_found_exception", id)
    }

    // MARK: Statements and pages

    private func plan(_ request: SQLRequest) throws -> SQLPlan {
        if let catalog = request.catalog, catalog != version.clusterName {
            throw ElasticsearchError.illegalArgument("Unknown catalog [\(catalog)]")
        }
        let command = try request.statement()
        var found: [IndexMetadata]?
        // No names at all would be all indices.
        if let patterns = command.patterns, !patterns.isEmpty {
            do {
                found = try indices.metadata(IndexExpression(patterns))
            } catch IndicesError.indexNotFound {
                found = nil
            }
        }
        return try request.plan(command, found, catalog: version.clusterName)
    }

    private func keep(_ cursor: SQLCursor, as id: String? = nil) throws -> String {
        do {
            return try sqlStore.keep(.cursor(cursor), as: id, for: cursor.pageTimeout)
        } catch {
            reader.close(cursor)
            throw error
        }
    }

    private func nextPage(_ id: String) async throws -> SQLAnswer {
        guard case .cursor(let cursor)? = sqlStore.find(id) else {
            throw ElasticsearchError(status: 404, "search_context_missing_exception", "No cursor found for id [\(id)]")
        }
        let page = try await reader.page(cursor)
        guard let next = page.next else {
            _ = sqlStore.remove(id)
            return SQLAnswer(nil, page.rows, cursor: nil)
        }
        return SQLAnswer(nil, page.rows, cursor: try keep(next, as: id))
    }

    private func reply(_ answer: SQLAnswer, _ format: SQLTextFormat?, isColumnar: Bool) -> Reply {
        guard let format else { return .json(answer.json(isColumnar: isColumnar)) }
        var reply = Reply(.bytes(Array(format.text(answer).utf8), type: format.mediaType))
        reply.headers["Cursor"] = answer.cursor
        if let identity = answer.identity {
            reply.headers["Async-ID"] = identity.id
            reply.headers["Async-partial"] = "false"
            reply.headers["Async-running"] = "false"
        }
        return reply
    }
}
