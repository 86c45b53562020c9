internal import Mapping
internal import Query
internal import Scripts
internal import Shards

/// What a search means on each shard: its plan, bound to the index's mapping.
extension SearchCoordinator {
    /// `from + size`.
    func window(_ search: Search) throws(IndicesError) -> Int {
        let (window, overflow) = search.from.addingReportingOverflow(search.size)
        var last: Index?
        for shard in shards where shard.index !== last {
            last = shard.index
            let limit = shard.index.metadata.settings.maximumResultWindow
            if overflow || window > limit {
                throw .resultWindowTooLarge(requested: overflow ? .max : window, limit: limit)
            }
            let settings = shard.index.metadata.settings
            try check(search.fetch.docValueFields.count, settings.maximumDocValueFields, .docValueFields)
            try check(search.fetch.scriptFields.count, settings.maximumScriptFields, .scriptFields)
            do {
                try search.check(rescoreLimit: settings.maximumRescoreWindow ?? limit)
            } catch {
                throw .retrieval(error)
            }
        }
        return window
    }

    private func check(_ count: Int, _ limit: Int, _ what: SearchLimit) throws(IndicesError) {
        if count > limit { throw .searchLimitExceeded(what, count: count, limit: limit) }
    }

    /// - Throws: `IndicesError.retrieval` for more parts than an index allows of a scroll.
    func check(slices count: Int) throws(IndicesError) {
        for shard in shards { try shard.index.metadata.settings.check(slices: count) }
    }

    func targets(of search: Search) throws -> (targets: [SearchTarget], failures: [ShardFailure]) {
        var targets: [SearchTarget] = []
        var failures: [ShardFailure] = []
        targets.reserveCapacity(shards.count)
        // An index's shards stand together: it is planned for once.
        var current: (index: Index, binding: Result<Binding, IndicesError>)?
        for (position, shard) in shards.enumerated() {
            let binding =
                if let current, current.index === shard.index, search.slice == nil { current.binding } else {
                    try bind(search, to: shard, at: position)
                }
            current = (shard.index, binding)
            switch binding {
            case .success(let binding):
                var plan = binding.plan
                plan.query = plan.query?.onShard(position)
                targets.append(
                    SearchTarget(
                        index: shard.index, number: shard.number, position: position, nodeID: nodeID,
                        now: now, mapping: binding.mapping, plan: plan, view: shard.view, readsIDs: readsIDs(search, at: position)))
            case .failure(let error):
                failures.append(
                    ShardFailure(index: shard.index.name, shard: shard.number, nodeID: nodeID, error: error))
            }
        }
        return (targets, failures)
    }

    private func readsIDs(_ search: Search, at position: Int) -> Bool {
        guard let part = search.slice?.part(ofShardAt: position, of: shards.count) else { return false }
        return part.basis == .id && part.count > 1
    }

    /// A search bound to an index.
    private struct Binding {
        var mapping: Mapping
        var plan: SearchPlan
    }

    /// - Throws: what is wrong with the request itself, whatever the index.
    private func bind(_ search: Search, to shard: SearchShard, at position: Int) throws(IndicesError) -> Result<Binding, IndicesError> {
        let metadata = shard.index.metadata
        var search = shard.filter.map(search.filtered) ?? search
        if let boost = boosts[metadata.name] { search = search.boosted(by: boost) }
        do throws(PlanningError) {
            var planner = Planner(
                mapping: metadata.mapping, now: now, size: search.size, maximumTerms: metadata.settings.maximumTerms,
                maximumInnerHits: metadata.settings.maximumInnerHits,
                maximumRegexpLength: metadata.settings.maximumRegexpLength, indexName: metadata.name, runtime: search.runtime,
                computed: search.computed,
                storedScript: { [scripts = rewriter.storedScripts] id in
                    try? scripts.resolve(.stored(id: id, parameters: ScriptParameters()))
                })
            planner.allowsExpensiveQueries = allowsExpensiveQueries
            if search.slice != nil { (planner.shardPosition, planner.shardCount) = (position, shards.count) }
            let plan = try planner.plan(search)
            return .success(Binding(mapping: plan.mapping ?? metadata.mapping, plan: plan))
        } catch {
            let planning = IndicesError.planning(error, index: metadata.name, uuid: metadata.uuid)
            if error.isOfRequest { throw planning }
            return .failure(planning)
        }
    }
}

extension PlanningError {
    /// Whether no index could take the request.
    fileprivate var isOfRequest: Bool {
        switch self {
        case .neighboursNotPositive, .candidatesBelowNeighbours, .tooManyCandidates, .vectorNotBuilt: true
        default: false
        }
    }
}
