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
        do {
            search = try decoded.search()
        } catch {
            throw error.located(in: [])
        }
        let violations = options.violations(
            search, isIndexGiven: isIndexGiven, tracksTotalHits: search.trackTotalHits == .never ? false : nil)
        if !violations.isEmpty { throw .validation(violations) }
        if let type = parameters["search_type"], type != "query_then_fetch", type != "dfs_query_then_fetch" {
            throw .illegalArgument("No search type for [\(type)]")
        }
        if !search.knn.isEmpty, parameters["search_type"] != nil {
            throw .illegalArgument(
                "cannot set [search_type] when using [knn] search, since the search type is determined automatically")
        }
        format = try SearchFormat(parameters, omitsIdentity: decoded.omitsIdentity)
    }
}
