internal import ElasticsearchAPI
internal import Indices
internal import JSON

/// Where a statement's rows go on.
struct SQLCursor: Sendable {
    /// What follows the rows that are here.
    enum Rest: Sendable {
        /// Nothing has been asked for yet.
        case start
        /// What this search finds.
        case search(SearchRequest)
        case nothing
    }

    let plan: SQLPlan
    let fetchSize: Int
    let pageTimeout: Duration
    let allowsPartialResults: Bool
    /// Rows up to the statement's limit; nil: all there are.
    private(set) var remaining: Int?
    /// Rows that have been found already.
    var held: ArraySlice<[JSONValue]> = []
    var rest = Rest.start

    init(_ plan: SQLPlan, _ request: SQLRequest) {
        self.plan = plan
        fetchSize = request.fetchSize
        pageTimeout = request.pageTimeout
        allowsPartialResults = request.allowsPartialResults
        remaining = plan.limit
    }

    /// The rows of the next page at most.
    var pageSize: Int { min(remaining ?? fetchSize, fetchSize) }

    /// Whether more than the next page may be wanted.
    var mayGoOn: Bool { remaining ?? .max > pageSize }

    /// Whether a page is all there is.
    var isAtEnd: Bool {
        if remaining == 0 { return true }
        if case .nothing = rest { return held.isEmpty }
        return false
    }

    /// The next page, of rows that are held.
    mutating func takePage() -> [[JSONValue]] {
        let page = held.prefix(pageSize)
        held = held.dropFirst(page.count)
        remaining = remaining.map { $0 - page.count }
        return Array(page)
    }

    /// The point in time that it holds.
    var pointInTime: String? {
        if case .search(let request) = rest { request.options.pointInTime?.id } else { nil }
    }

    /// Values that are kept with it.
    var heldValues: Int { held.reduce(1) { $0 + $1.count } }
}
