public import Indices
public import JSON
internal import SQL

/// How a statement is carried out: by searches, whose answers become rows.
public struct SQLPlan: Sendable {
    struct Column: Equatable, Sendable {
        var name: String
        var type: SQLType
    }

    /// Where rows come from.
    public enum Source: Sendable {
        /// They are here already.
        case rows([[JSONValue]])
        /// Each is a document.
        case hits(SQLHits)
        /// Each is a bucket.
        case groups(SQLGroups)
    }

    var columns: [Column]
    public internal(set) var source: Source
    /// The indices that are searched.
    public internal(set) var indices: [String] = []
    /// The most rows; nil: all.
    public internal(set) var limit: Int?

    init(columns: [Column], source: Source) {
        self.columns = columns
        self.source = source
    }

    /// The first search; what pages change of it is its size and where it begins.
    ///
    /// - Parameter pointInTime: the documents that all pages are of; nil: those as of now.
    /// - Throws: what decoding throws: conditions may hold queries and scripts that no planner looks into.
    public func request(
        size: Int, in pointInTime: SearchOptions.PointInTime?, allowsPartialResults: Bool
    ) throws(ElasticsearchError) -> SearchRequest {
        let body: JSONMembers
        switch source {
        case .rows: body = [:]
        case .hits(let hits): body = hits.body(size: size, in: pointInTime)
        case .groups(let groups): body = groups.body(size: size, in: pointInTime)
        }
        return try SearchRequest(
            body: JSONValue.object(body).serialized(),
            parameters: QueryParameters(["allow_partial_search_results": String(allowsPartialResults)]))
    }

    /// The first search, as `_sql/translate` shows it; nil where there is none.
    public func translation(fetchSize: Int) -> JSONValue? {
        let size = min(limit ?? fetchSize, fetchSize)
        switch source {
        case .rows: return nil
        case .hits(let hits): return Self.untracked(hits.body(size: size))
        case .groups(let groups): return Self.untracked(groups.body(size: max(size, 1)))
        }
    }

    /// Elasticsearch writes that hits are not counted as a number.
    private static func untracked(_ body: JSONMembers) -> JSONValue {
        var body = body
        body["track_total_hits"] = -1
        return .object(body)
    }
}

extension SearchOptions.PointInTime {
    var json: JSONValue {
        var members: JSONMembers = ["id": .string(id)]
        if let keepAlive { members["keep_alive"] = .string("\(keepAlive.wholeMilliseconds)ms") }
        return .object(members)
    }
}
