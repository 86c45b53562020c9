internal import Query
internal import Shards

/// Which shards are said to be skipped: those that hold nothing that matches, as their columns' bounds tell. They cost nothing anyway;
/// what Elasticsearch decides is told as it decides it.
extension SearchCoordinator {
    /// Above so many shards they are looked at first.
    private static let defaultPreFilterShardSize = 128

    func skipped(_ search: Search, _ targets: [SearchTarget]) -> Int {
        let limit = preFilterShardSize ?? (isSortedByField(search) ? 1 : Self.defaultPreFilterShardSize)
        guard targets.count > limit, let query = search.query, query.kind != .matchAll, search.knn.isEmpty, search.suggestions.isEmpty,
            !search.collectsStatistics, !targets.contains(where: { $0.plan.aggregations.contains(where: \.visitsEverything) })
        else { return 0 }
        // One shard answers, for there has to be an answer.
        return min(targets.count { !$0.view.mayMatch($0.plan.query ?? .matchAll) }, targets.count - 1)
    }

    private func isSortedByField(_ search: Search) -> Bool {
        if case .field? = search.sort?.clauses.first?.key { true } else { false }
    }
}

extension AggregationPlan {
    /// Whether it counts documents that do not match.
    fileprivate var visitsEverything: Bool {
        switch kind {
        case .global: true
        case .terms(let plan): plan.minimumCount == 0
        default: false
        }
    }
}
