extension Search {
    /// This search among the documents that match `filter` only. Scores stay as they are.
    public func filtered(by filter: Query) -> Search {
        var search = self
        if query != nil || knn.isEmpty {
            search.query = Query(.bool(BoolQuery(must: [query ?? .matchAll], filter: [filter])))
        }
        for index in search.knn.indices { search.knn[index].knn.filter.append(filter) }
        return search
    }

    /// This search with its scores multiplied.
    public func boosted(by boost: Float) -> Search {
        var search = self
        if query != nil || knn.isEmpty {
            var boosted = query ?? .matchAll
            boosted.boost *= boost
            search.query = boosted
        }
        for index in search.knn.indices { search.knn[index].boost *= boost }
        return search
    }
}
