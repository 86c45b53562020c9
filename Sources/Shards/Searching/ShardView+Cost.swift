public import Query
internal import VectorIndex

extension ShardView {
    /// About how many documents a plan looks at here; what a search costs grows with it.
    ///
    /// - Complexity: O(1).
    public func visits(of plan: SearchPlan) -> Int {
        let query =
            switch plan.query {
            case nil, .matchNone: 0
            case .ids(let ids): ids.count
            default: documentCount
            }
        return plan.knn.reduce(query) { $0 + ($1.map { visits(of: $0.plan) } ?? 0) }
    }

    private func visits(of plan: KNNPlan) -> Int {
        guard plan.filter == nil, let field = vectorFields[plan.field], field.index.configuration.hasGraph else {
            return documentCount
        }
        return min(documentCount, plan.candidates * Self.visitsPerCandidate)
    }

    /// Vectors that a walk of the graph compares for each candidate it keeps.
    private static let visitsPerCandidate = 16
}
