internal import ElasticsearchAPI
internal import Indices
internal import JSON
internal import Query

/// Reads the pages of a statement's rows.
struct SQLReader {
    /// Buckets a search, where many are looked at for each that is shown.
    private static let bucketsAtOnce = 1000

    let indices: IndexRegistry

    /// - Returns: rows, and where to go on; nil at the end.
    /// - Throws: `ElasticsearchError`, and what searches throw. A cursor that goes on stays as it was.
    func page(_ start: SQLCursor) async throws -> (rows: [[JSONValue]], next: SQLCursor?) {
        var cursor = start
        guard cursor.pageSize > 0 else { return ([], nil) }
        do {
            if case .start = cursor.rest { try await begin(&cursor) }
            // Of some searches none of the buckets is taken.
            while cursor.held.isEmpty, case .search(let request) = cursor.rest {
                try Task.checkCancellation()
                try await read(request, &cursor)
            }
        } catch {
            if start.pointInTime == nil { close(cursor) }
            throw error
        }
        let rows = cursor.takePage()
        guard cursor.isAtEnd else { return (rows, cursor) }
        close(cursor)
        return (rows, nil)
    }

    /// Lets go of what a cursor holds.
    func close(_ cursor: SQLCursor) {
        if let id = cursor.pointInTime { _ = try? indices.closePointInTime(id) }
    }

    private func begin(_ cursor: inout SQLCursor) async throws {
        let isPaged: Bool, size: Int
        switch cursor.plan.source {
        case .rows(let rows):
            cursor.held = rows[...]
            cursor.rest = .nothing
            return
        case .hits: (isPaged, size) = (cursor.mayGoOn, cursor.pageSize)
        case .groups(let groups):
            let readsAhead = groups.isSelective || groups.isSorted
            isPaged = !groups.isSingle && (readsAhead || cursor.mayGoOn)
            size = readsAhead ? Self.bucketsAtOnce : cursor.pageSize
        }
        var pointInTime: SearchOptions.PointInTime?
        if isPaged {
            let id = try indices.openPointInTime(IndexExpression(cursor.plan.indices), keepAlive: cursor.pageTimeout).id
            pointInTime = .init(id: id, keepAlive: cursor.pageTimeout)
        }
        do {
            let request = try cursor.plan.request(size: size, in: pointInTime, allowsPartialResults: cursor.allowsPartialResults)
            cursor.rest = .search(request)
        } catch {
            if let pointInTime { _ = try? indices.closePointInTime(pointInTime.id) }
            throw error
        }
        if case .groups(let groups) = cursor.plan.source, groups.isSorted { try await readAll(groups, &cursor) }
    }

    private func search(_ request: SearchRequest, _ cursor: SQLCursor) async throws -> SearchResponse {
        let names = request.options.pointInTime == nil ? cursor.plan.indices : []
        return try await indices.search(request.search, in: IndexExpression(names), options: request.options)
    }

    /// The rows of one search.
    private func read(_ request: SearchRequest, _ cursor: inout SQLCursor) async throws {
        var request = request
        let goesOn: Bool
        switch cursor.plan.source {
        case .rows: goesOn = false
        case .hits(let hits):
            request.search.size = cursor.pageSize
            let response = try await search(request, cursor)
            cursor.held = try hits.rows(of: response)[...]
            // A page that is not full is the last.
            goesOn = cursor.held.count == cursor.pageSize && hits.advance(&request, past: response)
        case .groups(let groups):
            if !groups.isSelective { groups.resize(&request, to: cursor.pageSize) }
            let response = try await search(request, cursor)
            cursor.held = groups.rows(of: response).map(\.values)[...]
            goesOn = (groups.isSelective || cursor.held.count == cursor.pageSize) && groups.advance(&request, past: response)
        }
        rest(goesOn ? request : nil, &cursor)
    }

    /// What needs no point in time any more closes it.
    private func rest(_ request: SearchRequest?, _ cursor: inout SQLCursor) {
        if let request, request.options.pointInTime != nil {
            cursor.rest = .search(request)
        } else {
            close(cursor)
            cursor.rest = .nothing
        }
    }

    /// Rows in an order that buckets do not have: all of them are brought in order.
    private func readAll(_ groups: SQLGroups, _ cursor: inout SQLCursor) async throws {
        guard case .search(var request) = cursor.rest else { return }
        let most = cursor.remaining ?? SQLGroups.maximumSorted
        var rows: [SQLGroups.Row] = []
        var goesOn = true
        while goesOn {
            try Task.checkCancellation()
            let response = try await search(request, cursor)
            rows += groups.rows(of: response)
            goesOn = groups.advance(&request, past: response)
            guard rows.count > most else { continue }
            guard cursor.remaining != nil else {
                throw ElasticsearchError(
                    status: 500, "sql_illegal_argument_exception",
                    "The default limit [\(most)] for aggregate sorting has been reached; please specify a LIMIT")
            }
            // Only the first ones can be shown.
            if rows.count > most + SQLGroups.maximumSorted { rows = groups.sorted(rows, limit: most) }
        }
        cursor.held = groups.sorted(rows, limit: cursor.remaining).map(\.values)[...]
        rest(nil, &cursor)
    }
}
