internal import ElasticsearchAPI
internal import Indices
internal import JSON

/// Reads the pages of a statement's rows.
struct SQLReader {
    /// Buckets a search, where all are needed.
    private static let bucketsAtOnce = 1000

    let indices: IndexRegistry

    /// - Returns: rows, and where to go on; nil at the end.
    /// - Throws: `ElasticsearchError`, and what searches throw.
    func page(_ cursor: SQLCursor) async throws -> (rows: [[JSONValue]], next: SQLCursor?) {
        if cursor.pageSize == 0 { return ([], nil) }
        if case .rows(let rows) = cursor.place { return page(of: rows, cursor) }
        switch cursor.plan.source {
        case .rows(let rows): return page(of: rows[...], cursor)
        case .hits(let hits): return try await page(of: hits, cursor)
        case .groups(let groups) where groups.isSorted: return try await page(ofSorted: groups, cursor)
        case .groups(let groups): return try await page(of: groups, cursor)
        }
    }

    /// Lets go of what a cursor holds.
    func close(_ cursor: SQLCursor) {
        if let id = cursor.pointInTime { _ = try? indices.closePointInTime(id) }
    }

    private func page(of rows: ArraySlice<[JSONValue]>, _ cursor: SQLCursor) -> (rows: [[JSONValue]], next: SQLCursor?) {
        let page = rows.prefix(cursor.pageSize), rest = rows.dropFirst(page.count)
        return (Array(page), rest.isEmpty ? nil : cursor.going(on: .rows(rest), after: page.count))
    }

    private func search(
        _ body: JSONMembers, _ cursor: SQLCursor, _ pointInTime: SQLPlan.PointInTime?
    ) async throws -> SearchResponse {
        let decoded = try SearchRequest(
            body: JSONValue.object(body).serialized(),
            parameters: QueryParameters(["allow_partial_search_results": String(cursor.allowsPartialResults)]))
        let names = pointInTime == nil ? cursor.plan.indices : []
        return try await indices.search(decoded.search, in: IndexExpression(names), options: decoded.options)
    }

    /// Hands out the point in time that a cursor holds, or a new one, and closes it unless the rows go on in it.
    ///
    /// - Parameter isNeeded: whether there may be more than one search.
    private func withPointInTime(
        of cursor: SQLCursor, isNeeded: Bool,
        _ body: (String?, SQLPlan.PointInTime?) async throws -> (rows: [[JSONValue]], next: SQLCursor?)
    ) async throws -> (rows: [[JSONValue]], next: SQLCursor?) {
        var id = cursor.pointInTime
        if id == nil, isNeeded {
            id = try indices.openPointInTime(IndexExpression(cursor.plan.indices), keepAlive: cursor.pageTimeout).id
        }
        var isKept = false
        defer { if !isKept, let id { _ = try? indices.closePointInTime(id) } }
        let page = try await body(id, id.map { SQLPlan.PointInTime(id: $0, keepAlive: cursor.pageTimeout) })
        isKept = page.next?.pointInTime != nil
        return page
    }

    // MARK: Documents

    private func page(of hits: SQLHits, _ cursor: SQLCursor) async throws -> (rows: [[JSONValue]], next: SQLCursor?) {
        let size = cursor.pageSize
        var last: [JSONValue]?
        if case .hits(_, let after) = cursor.place { last = after }
        return try await withPointInTime(of: cursor, isNeeded: cursor.remaining ?? .max > size) { id, pointInTime in
            let response = try await search(hits.body(size: size, pointInTime: pointInTime, after: last), cursor, pointInTime)
            let rows = try hits.rows(of: response)
            // A page that is not full is the last.
            guard let id, rows.count == size, let after = response.hits.last?.sort else { return (rows, nil) }
            return (rows, cursor.going(on: .hits(pointInTime: id, after: after), after: rows.count))
        }
    }

    // MARK: Buckets

    private func page(of groups: SQLGroups, _ cursor: SQLCursor) async throws -> (rows: [[JSONValue]], next: SQLCursor?) {
        let size = cursor.pageSize
        var last: JSONValue?
        if case .groups(_, let after) = cursor.place { last = after }
        let mayGoOn = !groups.isSingle && (groups.isSelective || cursor.remaining ?? .max > size)
        return try await withPointInTime(of: cursor, isNeeded: mayGoOn) { id, pointInTime in
            while true {
                try Task.checkCancellation()
                let body = groups.body(size: size, pointInTime: pointInTime, after: last)
                let response = try await search(body, cursor, pointInTime).json(SearchFormat())
                let rows = groups.rows(of: response).map(\.values)
                guard let id, let after = groups.after(in: response), groups.isSelective || rows.count == size else { return (rows, nil) }
                // Where none of the buckets is taken, the page goes on.
                if !rows.isEmpty { return (rows, cursor.going(on: .groups(pointInTime: id, after: after), after: rows.count)) }
                last = after
            }
        }
    }

    /// A page in an order that buckets do not have: all of them are brought in order.
    private func page(ofSorted groups: SQLGroups, _ cursor: SQLCursor) async throws -> (rows: [[JSONValue]], next: SQLCursor?) {
        try await withPointInTime(of: cursor, isNeeded: true) { _, pointInTime in
            page(of: try await sorted(groups, cursor, pointInTime), cursor)
        }
    }

    private func sorted(
        _ groups: SQLGroups, _ cursor: SQLCursor, _ pointInTime: SQLPlan.PointInTime?
    ) async throws -> ArraySlice<[JSONValue]> {
        let most = cursor.remaining ?? SQLGroups.maximumSorted
        var rows: [SQLGroups.Row] = []
        var after: JSONValue?
        repeat {
            try Task.checkCancellation()
            let body = groups.body(size: Self.bucketsAtOnce, pointInTime: pointInTime, after: after)
            let response = try await search(body, cursor, pointInTime).json(SearchFormat())
            rows += groups.rows(of: response)
            after = groups.after(in: response)
            guard rows.count > most else { continue }
            guard cursor.remaining != nil else {
                throw ElasticsearchError(
                    status: 500, "sql_illegal_argument_exception",
                    "The default limit [\(most)] for aggregate sorting has been reached; please specify a LIMIT")
            }
            // Only the first ones can be shown.
            if rows.count > most + SQLGroups.maximumSorted { rows = groups.sorted(rows, limit: most) }
        } while after != nil
        return groups.sorted(rows, limit: cursor.remaining).map(\.values)[...]
    }
}
