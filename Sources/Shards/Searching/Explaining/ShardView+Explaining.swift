internal import Ordinals
public import Query

extension ShardView {
    /// How the score of a document came about in a search.
    ///
    /// - Parameter nearest: each top-level `knn` clause's documents, and the boost.
    /// - Throws: `ShardError`.
    /// - Complexity: about that of the search, for each part of the plan.
    public func explain(
        _ ordinal: UInt32, _ plan: QueryPlan?, nearest: [(documents: [ScoredOrdinal], boost: Float)] = [],
        amongAll: Bool = false
    ) throws(ShardError) -> Explanation {
        var parts: [Explanation] = []
        var failure = Explanation.noMatch("No matching clauses")
        if let plan {
            let executor = QueryExecutor(view: self, findsAllNeighbours: amongAll)
            let explanation = try Explainer(executor: executor, ordinal: ordinal).explain(plan)
            if explanation.isMatch { parts.append(explanation) } else { failure = explanation }
        }
        for list in nearest {
            guard let found = list.documents.first(where: { $0.ordinal == ordinal }) else { continue }
            parts.append(Explanation(found.score * list.boost, "within top \(list.documents.count) documents"))
        }
        if parts.count == 1 { return parts[0] }
        return parts.isEmpty ? failure : Explanation(parts.reduce(0) { $0 + $1.score }, "sum of:", parts)
    }
}
