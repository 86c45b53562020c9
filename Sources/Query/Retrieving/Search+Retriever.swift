extension Search {
    /// This search with the query or the vector of a retriever that is not made of others in its own members.
    ///
    /// - Returns: unchanged where the retriever is compound.
    public var loweringRetriever: Search {
        guard let retriever, retriever.window == nil else { return self }
        var search = self
        search.retriever = nil
        search.take(retriever)
        return search
    }

    /// Takes what a retriever that is not compound says of what is looked for.
    mutating func take(_ retriever: Retriever) {
        minimumScore = retriever.minimumScore ?? minimumScore
        switch retriever.kind {
        case .standard(let standard):
            query = standard.matching(retriever)
            sort = standard.sort ?? sort
            computed += standard.sort?.computed ?? []
            searchAfter = standard.searchAfter ?? searchAfter
            terminateAfter = standard.terminateAfter ?? terminateAfter
            collapse = standard.collapse ?? collapse
        case .knn(var knn):
            knn.filter += retriever.filter
            self.knn.append(KNNClause(knn, name: retriever.name))
        case .fused, .pinned, .rescorer: break
        }
    }
}

extension StandardRetriever {
    /// The query with the filters and the name that stand around it.
    public func matching(_ retriever: Retriever) -> Query {
        guard !retriever.filter.isEmpty || retriever.name != nil else { return query ?? .matchAll }
        return Query(
            .bool(BoolQuery(must: query.map { [$0] } ?? [], filter: retriever.filter)), name: retriever.name)
    }
}

extension Retriever {
    /// Runs a standard or knn retriever as a search of its own.
    public var search: Search {
        var search = Search()
        search.take(self)
        return search
    }
}
