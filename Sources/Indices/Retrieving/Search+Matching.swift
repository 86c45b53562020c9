internal import Query

extension Search {
    /// What this search matches, its nearest neighbours among it, as one query.
    ///
    /// - Parameters:
    ///   - nearest: each `knn` clause's documents.
    ///   - count: how many shards the search has.
    func matching(_ nearest: [[ScoredDocument]], shards count: Int) -> Query {
        if knn.isEmpty { return query ?? .matchAll }
        let found = zip(knn, nearest).map { clause, documents in
            Query(.ranked(RankedMatches(RankedDocuments(documents, shards: count))), boost: clause.boost, name: clause.name)
        }
        return Query(.bool(BoolQuery(should: (query.map { [$0] } ?? []) + found)))
    }
}
