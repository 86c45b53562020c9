internal import ElasticsearchAPI
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
        guard let wait = decoded.wait else { return Reply(try await answer(to: decoded), format, isColumnar: decoded.isColumnar) }
        let search = try sqlAnswers.start(keepAlive: decoded.keepAlive) { try await answer(to: decoded) }
        await search.wait(wait)
        let isNeeded = decoded.isKept || search.status.completion == nil
        if !isNeeded { sqlAnswers.release(search) }
        return Reply(try search.answer(showsID: isNeeded), format, isColumnar: decoded.isColumnar)
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
        let closed = sqlCursors.close(try SQLCursorBody(try request.requiredBody()).cursor)
        if let cursor = closed.cursor { reader.close(cursor) }
        return .json(["succeeded": .bool(closed.isKnown)])
    }

    // MARK: Answers that are asked for again

    /// `GET /_sql/async/{id}`
    @Sendable func getSQLAnswer(_ request: APIRequest) async throws -> Reply {
        let format = try SQLTextFormat.wanted(request.parameters, accept: request.negotiation.accept)
        let keepAlive = try request.parameters.duration("keep_alive")
        if let keepAlive { try AsyncSearchRequest.check(keepAlive) }
        let search = try sqlAnswers.find(try request.capture("id"), keepAlive: keepAlive)
        if let wait = try request.parameters.duration("wait_for_completion_timeout") { await search.wait(wait) }
        return Reply(try search.answer(showsID: true), format, isColumnar: false)
    }

    /// `GET /_sql/async/status/{id}`
    @Sendable func sqlAnswerStatus(_ request: APIRequest) throws -> Reply {
        .json(try sqlAnswers.find(try request.capture("id")).statusJSON)
    }

    /// `DELETE /_sql/async/delete/{id}`
    @Sendable func deleteSQLAnswer(_ request: APIRequest) throws -> Reply {
        try sqlAnswers.delete(try request.capture("id"))
        return .json(Acknowledgement.acknowledged)
    }

    // MARK: Statements and pages

    private func answer(to request: SQLRequest) async throws -> SQLAnswer {
        if let id = request.cursor { return try await nextPage(id) }
        try indices.checkContext(keepAlive: request.pageTimeout)
        let plan = try plan(request)
        let page = try await reader.page(SQLCursor(plan, request))
        guard let next = page.next else { return SQLAnswer(plan, page.rows, cursor: nil) }
        do {
            return SQLAnswer(plan, page.rows, cursor: try sqlCursors.keep(next))
        } catch {
            reader.close(next)
            throw error
        }
    }

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

    private func nextPage(_ id: String) async throws -> SQLAnswer {
        guard let cursor = sqlCursors.take(id) else { throw Self.cursorMissing(id) }
        let rows: [[JSONValue]], next: SQLCursor?
        do {
            (rows, next) = try await reader.page(cursor)
        } catch {
            // The page can be asked for again.
            try? giveBack(cursor, as: id)
            throw error
        }
        try giveBack(next, as: id)
        return SQLAnswer(nil, rows, cursor: next == nil ? nil : id)
    }

    private func giveBack(_ cursor: SQLCursor?, as id: String) throws {
        do {
            guard try sqlCursors.giveBack(cursor, as: id) else { throw Self.cursorMissing(id) }
        } catch {
            if let cursor { reader.close(cursor) }
            throw error
        }
    }

    private static func cursorMissing(_ id: String) -> ElasticsearchError {
        ElasticsearchError(status: 404, "search_context_missing_exception", "No cursor found for id [\(id)]")
    }
}

extension Reply {
    fileprivate init(_ answer: SQLAnswer, _ format: SQLTextFormat?, isColumnar: Bool) {
        guard let format else {
            self = .json(answer.json(isColumnar: isColumnar))
            return
        }
        self.init(.bytes(Array(format.text(answer).utf8), type: format.mediaType))
        headers["Cursor"] = answer.cursor
        guard let identity = answer.identity else { return }
        headers["Async-ID"] = identity.id
        headers["Async-partial"] = String(identity.isRunning)
        headers["Async-running"] = String(identity.isRunning)
    }
}
