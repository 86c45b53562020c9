public import Indices
internal import JSON
public import Query

/// A `_search` request: what is looked for, and how the answer is written.
public struct SearchRequest: Equatable, Sendable {
    public var search: Search
    public var options: SearchOptions
    public var format: SearchFormat

    /// - Parameters:
    ///   - body: JSON; nil where the request has none.
    ///   - parameters: those of the URL. They win over the body.
    ///   - isIndexGiven: indices are named, which a point in time does not allow.
    /// - Throws: `ElasticsearchError`.
    public init(
        body: (some Collection<UInt8>)?, parameters: QueryParameters, isIndexGiven: Bool = false
    ) throws(ElasticsearchError) {
        var decoded = SearchRequestBody()
        if let body {
            decoded = try JSONBody.decode(body) { (root) throws(ParseError) in try SearchRequestBody(root) }
        }
        try decoded.override(with: parameters)
        options = try SearchOptions(parameters)
        options.pointInTime = decoded.pointInTime
        options.timeout = options.timeout ?? decoded.timeout
        do {
            search = try decoded.search()
        } catch {
            throw error.located(in: [])
        }
        let violations =
            decoded.violations(
                search, isScroll: options.scroll != nil,
                allowsPartialResults: try parameters.bool("allow_partial_search_results"))
            + options.violations(
                search, isIndexGiven: isIndexGiven, tracksTotalHits: search.trackTotalHits == .never ? false : nil)
        if !violations.isEmpty { throw .validation(violations) }
        try parameters.checkSearchPhases(isScroll: options.scroll != nil)
        if let type = parameters["search_type"], type != "query_then_fetch", type != "dfs_query_then_fetch" {
            throw .illegalArgument("No search type for [\(type)]")
        }
        if !search.knn.isEmpty, parameters["search_type"] != nil {
            throw .illegalArgument(
                "cannot set [search_type] when using [knn] search, since the search type is determined automatically")
        }
        search = decoded.prepared(search)
        search.collectsStatistics = parameters["search_type"] == "dfs_query_then_fetch"
        format = try SearchFormat(parameters, omitsIdentity: decoded.omitsIdentity)
        if format.isTotalAnInteger { search.trackTotalHits = try Self.wholeTotal(search.trackTotalHits) }
    }

    /// A number alone cannot say that it is a lower bound. Without a limit of the request's own, it is none.
    private static func wholeTotal(_ track: Search.TrackTotalHits) throws(ElasticsearchError) -> Search.TrackTotalHits {
        switch track {
        case .exactly, .never: return track
        case .upTo(10_000): return .exactly
        case .upTo(let limit):
            throw .illegalArgument(
                "[rest_total_hits_as_int] cannot be used if the tracking of total hits is not accurate, got \(limit)")
        }
    }
}
