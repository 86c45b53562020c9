internal import ElasticsearchAPI
internal import JSON

/// Where a statement's rows go on.
struct SQLCursor: Sendable {
    enum Place: Sendable {
        case start
        /// - Parameter after: the `sort` of the last hit.
        case hits(pointInTime: String, after: [JSONValue])
        /// - Parameter after: the keys of the last bucket.
        case groups(pointInTime: String, after: JSONValue)
        case rows(ArraySlice<[JSONValue]>)
    }

    var plan: SQLPlan
    var fetchSize: Int
    var pageTimeout: Duration
    var allowsPartialResults: Bool
    /// Rows up to the statement's limit; nil: all there are.
    var remaining: Int?
    var place = Place.start

    init(_ plan: SQLPlan, _ request: SQLRequest) {
        self.plan = plan
        fetchSize = request.fetchSize
        pageTimeout = request.pageTimeout
        allowsPartialResults = request.allowsPartialResults
        remaining = plan.limit
    }

    /// The rows of the next page at most.
    var pageSize: Int { min(remaining ?? fetchSize, fetchSize) }

    /// After some rows; nil at the end.
    func going(on place: Place, after rows: Int) -> SQLCursor? {
        var next = self
        next.place = place
        next.remaining = remaining.map { $0 - rows }
        return (next.remaining ?? 1) > 0 ? next : nil
    }

    /// The point in time that it holds.
    var pointInTime: String? {
        switch place {
        case .hits(let id, _), .groups(let id, _): id
        case .start, .rows: nil
        }
    }

    /// Values that are kept with it.
    var heldValues: Int {
        if case .rows(let rows) = place { rows.reduce(0) { $0 + $1.count } } else { 1 }
    }
}
