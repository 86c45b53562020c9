public import Indices

/// An `_msearch/template` request: searches made of templates, each with where and how to search.
public struct MultiSearchTemplateRequest: Sendable {
    /// One search, and the names that it goes to.
    public struct Item: Sendable {
        public var template: SearchTemplateRequest
        public var expression: IndexExpression
        public var parameters: QueryParameters

        /// The search that the template makes.
        ///
        /// - Throws: `ElasticsearchError`, `IndicesError.scriptNotFound`.
        public func search(_ scripts: StoredScripts) throws -> SearchRequest {
            try template.search(scripts, parameters, isIndexGiven: !expression.patterns.isEmpty)
        }
    }

    public private(set) var items: [Item] = []
    /// Nil: as many as the node likes.
    public private(set) var concurrency: Int?

    /// - Parameter index: the path's, for searches that name none.
    /// - Throws: `ElasticsearchError`: a line that cannot be read refuses all.
    public init<Body: RandomAccessCollection<UInt8>>(
        body: Body, index: String?, parameters: QueryParameters
    ) throws(ElasticsearchError) {
        concurrency = try MultiSearchRequest.concurrency(parameters)
        var found: [Item] = []
        try MultiSearchRequest.forEachItem(body) { (header, body) throws(ElasticsearchError) in
            let target = try MultiSearchRequest.target(header, index, parameters)
            found.append(
                Item(
                    template: try SearchTemplateRequest(body: Array(body)), expression: target.expression,
                    parameters: target.parameters))
        }
        items = found
    }
}
