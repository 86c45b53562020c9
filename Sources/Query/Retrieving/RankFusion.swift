extension FusedRetriever {
    /// One list made of the children's.
    ///
    /// - Parameter lists: one a child, best first; `shard` and `ordinal` tell documents apart.
    /// - Returns: at most `window` documents, best first, among equals by shard and ordinal.
    /// - Complexity: O(*n* log *n*) in all the lists' documents.
    public func fused(_ lists: [[ScoredDocument]]) -> [ScoredDocument] {
        var scores: [Place: Float] = [:]
        for (child, list) in zip(children, lists) {
            let contributions =
                switch method {
                case .rrf(let constant): list.indices.map { child.weight * (1 / Float(constant + $0 + 1)) }
                case .linear: child.normalizer.normalized(list.map(\.score)).map { child.weight * $0 }
                }
            for (document, contribution) in zip(list, contributions) {
                scores[Place(shard: document.shard, ordinal: document.ordinal), default: 0] += contribution
            }
        }
        let documents = scores.map { ScoredDocument(shard: $0.shard, ordinal: $0.ordinal, score: $1) }
        return Array(documents.sorted(by: DocumentOrder.best.precedes).prefix(window))
    }

    private struct Place: Hashable {
        var shard: Int
        var ordinal: UInt32
    }
}
