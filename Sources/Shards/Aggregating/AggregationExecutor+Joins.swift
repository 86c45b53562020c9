internal import Ordinals
internal import Query

extension AggregationExecutor {
    /// What documents are joined to, among all of the shard.
    ///
    /// - Complexity: O(documents of both ends).
    func joined(_ join: JoinPlan, _ documents: OrdinalSet) throws(ShardError) -> OrdinalSet {
        let others = try view.documents(matching: join.query, among: documents)
        let own = try view.documents(matching: join.own, among: view.live)
        return try JoinMatcher(view: view, plan: join).matches(Matches(others, score: 1), among: own).ordinals
    }
}
