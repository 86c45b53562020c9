internal import Query

extension Query {
    /// The query that a URL's `q` is, with what stands beside it: `df`, `default_operator`, `analyzer`, `lenient`. It wins over
    /// a body's.
    ///
    /// - Returns: nil without `q`.
    /// - Throws: `ElasticsearchError`.
    init?(_ parameters: QueryParameters) throws(ElasticsearchError) {
        guard let text = parameters["q"] else { return nil }
        var query = QueryStringQuery(text: text)
        if let field = parameters["df"] { query.fields = [WeightedField(field)] }
        switch parameters["default_operator"]?.lowercased() {
        case nil, "or": break
        case "and": query.options.needsAll = true
        case let other?:
            throw .illegalArgument("Unsupported defaultOperator [\(other)], can either be [OR] or [AND]")
        }
        query.options.analyzer = parameters["analyzer"]
        query.options.isLenient = try parameters.bool("lenient")
        _ = try parameters.bool("analyze_wildcard")
        self.init(.queryString(query))
    }
}
