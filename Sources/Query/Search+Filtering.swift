extension Search {
    /// This search among the documents that match `filter` only. Scores stay as they are.
    public func filtered(by filter: Query) -> Search {
        var search = self
        search.scope = scope.map { Query(.bool(BoolQuery(filter: [$0, filter]))) } ?? filter
        if query != nil || knn.isEmpty {
            var query = query ?? .matchAll
            query.filterNeighbours(by: filter)
            search.query = Query(.bool(BoolQuery(must: [query], filter: [filter])))
        }
        for index in search.knn.indices { search.knn[index].knn.filter.append(filter) }
        return search
    }

    /// This search in one part of all documents.
    public func sliced(by slice: Slice) -> Search {
        let part = Query(.slice(slice))
        var search = filtered(by: part)
        search.slice = slice
        search.retriever?.filter.append(part)
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

extension Query {
    /// Looks for the nearest among what matches `filter` only, wherever neighbours are looked for.
    fileprivate mutating func filterNeighbours(by filter: Query) {
        func filtered(_ queries: [Query]) -> [Query] {
            queries.map { query in
                var query = query
                query.filterNeighbours(by: filter)
                return query
            }
        }
        switch kind {
        case .knn(var knn):
            knn.filter.append(filter)
            kind = .knn(knn)
        case .semantic(var semantic):
            semantic.filter.append(filter)
            kind = .semantic(semantic)
        case .nested(var nested):
            nested.query.filterNeighbours(by: filter)
            kind = .nested(nested)
        case .bool(var bool):
            (bool.must, bool.filter, bool.should) = (filtered(bool.must), filtered(bool.filter), filtered(bool.should))
            kind = .bool(bool)
        case .constantScore(var inner):
            inner.filterNeighbours(by: filter)
            kind = .constantScore(filter: inner)
        case .disMax(let queries, let tieBreaker): kind = .disMax(filtered(queries), tieBreaker: tieBreaker)
        case .boosting(var positive, let negative, let boost):
            positive.filterNeighbours(by: filter)
            kind = .boosting(positive: positive, negative: negative, negativeBoost: boost)
        case .functionScore(var score):
            score.query.filterNeighbours(by: filter)
            kind = .functionScore(score)
        case .scriptScore(var script):
            script.query.filterNeighbours(by: filter)
            kind = .scriptScore(script)
        case .matchAll, .matchNone, .term, .terms, .range, .exists, .ids, .match, .multiMatch, .queryString, .pattern, .fuzzy, .geo,
            .positions, .moreLikeThis, .feature, .ranked, .slice, .script, .termsSet, .join:
            break
        }
    }
}
