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
        case .groups(let groups) where groups.isSorted: return page(of: try await sorted(groups, cursor), cursor)
        case .groups(let groups): return try await page(of: groups, cursor)
        }
    }

    /// Lets go of what a cursor holds.
    func close(_ cursor: SQLCursor) {
        if case .hits(let pointInTime, _) = cursor.place { _ = try? indices.closePointInTime(pointInTime) }
    }

    private func page(of rows: ArraySlice<[JSONValue]>, _ cursor: SQLCursor) -> (rows: [[JSONValue]], next: SQLCursor?) {
        let page = rows.prefix(cursor.pageSize), rest = rows.dropFirst(page.count)
        return (Array(page), rest.isEmpty ? nil : cursor.going(on: .rows(rest), after: page.count))
    }

    private func search(_ body: JSONMembers, _ cursor: SQLCursor, isPointInTime: Bool = false) async throws -> SearchResponse {
        let decoded = try SearchRequest(
            body: JSONValue.object(body).serialized(),
            parameters: QueryParameters(["allow_partial_search_results": String(cursor.allowsPartialResults)]))
        let names = isPointInTime ? [] : cursor.plan.indices
        return try await indices.search(decoded.search, in: IndexExpression(names), options: decoded.options)
    }

    // MARK: Documents

    private func page(of hits: SQLHits, _ cursor: SQLCursor) async throws -> (rows: [[JSONValue]], next: SQLCursor?) {
        let size = cursor.pageSize
        var pointInTime: String?, last: [JSONValue]?
        if case .hits(let id, let after) = cursor.place {
            (pointInTime, last) = (id, after)
        } else if cursor.remaining ?? .max > size {
            pointInTime = try indices.openPointInTime(
                IndexExpression(cursor.plan.indices), keepAlive: cursor.pageTimeout).id
        }
        do {
            let keepAlive = "\(cursor.pageTimeout.wholeMilliseconds)ms"
            let body = hits.body(size: size, pointInTime: pointInTime.map { ($0, keepAlive) }, after: last)
            let response = try await search(body, cursor, isPointInTime: pointInTime != nil)
            let rows = try hits.rows(of: response)
            // A page that is not full is the last.
            if let pointInTime, rows.count == size, let after = response.hits.last?.sort,
                let next = cursor.going(on: .hits(pointInTime: pointInTime, after: after), after: rows.count)
            {
                return (rows, next)
            }
            pointInTime.map(close)
            return (rows, nil)
        } catch {
            pointInTime.map(close)
            throw error
        }
    }

    private func close(_ pointInTime: String) { _ = try? indices.closePointInTime(pointInTime) }

    // MARK: Buckets

    private func page(of groups: SQLGroups, _ cursor: SQLCursor) async throws -> (rows: [[JSONValue]], next: SQLCursor?) {
        let size = cursor.pageSize
        var after: JSONValue?
        if case .groups(let last) = cursor.place { after = last }
        while true {
            try Task.checkCancellation()
            let response = try await search(groups.body(size: size, after: after), cursor).json(SearchFormat())
            let rows = groups.rows(of: response).map(\.values)
            after = groups.after(in: response)
            guard !groups.isSingle, let after, groups.isSelective || rows.count == size else { return (rows, nil) }
            // Where none of the buckets is taken, the page goes on.
            if !rows.isEmpty { return (rows, cursor.going(on: .groups(after: after), after: rows.count)) }
        }
    }

    /// All rows in an order that their buckets do not have.
    private func sorted(_ groups: SQLGroups, _ cursor: SQLCursor) async throws -> ArraySlice<[JSONValue]> {
        let most = cursor.remaining ?? SQLGroups.maximumSorted
        var rows: [SQLGroups.Row] = []
        var after: JSONValue?
        repeat {
            try Task.checkCancellation()
            let response = try await search(groups.body(size: Self.bucketsAtOnce, after: after), cursor).json(SearchFormat())
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
