internal import Mapping
internal import Query
internal import Scripts
internal import Shards

/// Carries a search through its phases: vectors for words, plans, the k nearest of all shards, each shard's best
/// documents, one merged list, and the fetch of the winners.
struct SearchCoordinator {
    /// An answer, and where a next page would begin.
    struct Page {
        var response: SearchResponse
        var last: SearchPosition?
    }

    let shards: [SearchShard]
    let nodeID: String
    let rewriter: SearchRewriter
    /// Milliseconds since 1970 that `now` means in dates.
    let now: Int64
    var allowsPartialResults = true
    /// Shards that cannot be searched at all.
    var unavailable: [ShardFailure] = []
    /// How many shards' results are brought together at once.
    var batchedReduceSize = SearchOptions.defaultBatchedReduceSize
    var timeout: Duration?
    var preFilterShardSize: Int?
    /// `search.allow_expensive_queries`.
    var allowsExpensiveQueries = true
    /// `search.max_buckets`.
    var maximumBuckets = AggregationReduction.maximumBuckets
    /// What scores are multiplied by, by names of indices.
    var boosts: [String: Float] = [:]

    /// - Parameter position: where to go on; nil: what the search itself says, or the beginning.
    /// - Throws: `IndicesError` (`resultWindowTooLarge`, `planning`, `searchFailed`, `invalidDateFormat`, `modelMissing`),
    ///   `ShardError`, and what the embedding of a text throws.
    func run(_ search: Search, after position: SearchPosition? = nil) async throws -> Page {
        let start = ContinuousClock.now
        let asked = search.loweringRetriever
        _ = try window(asked)
        let position = try position ?? asked.searchAfter.map { values in try SearchPosition(values, sort: asked.sort) }
        var search = try await rewriter.rewrite(asked)
        if let retriever = search.retriever { search = try await RetrieverRun(coordinator: self).resolve(search, retriever) }
        var (targets, failures) = try targets(of: search)
        failures += unavailable
        let limit = try window(search)
        var query = RankedQuery(search: search, limit: limit, position: position, start: start)
        query.deadline = timeout.map { start.advanced(by: $0) }
        query.maximumBuckets = maximumBuckets
        if isShort(search, targets, limit: limit) { return try await answer(query, targets, failures) }
        return try await withTaskExecutorPreference(globalConcurrentExecutor) {
            try await answer(query, targets, failures)
        }
    }

    /// The first documents of a search, and no more than that.
    ///
    /// - Parameter search: rewritten, without a retriever.
    /// - Returns: `shard` is the place among all shards of the search.
    /// - Throws: as `run`.
    func rank(_ search: Search) async throws -> [ScoredDocument] {
        let limit = try window(search)
        let (targets, failures) = try targets(of: search)
        let query = RankedQuery(search: search, limit: limit, position: nil, start: .now)
        return try await surviving(targets, failures + unavailable) { targets in
            try await query.rank(targets).documents.map { document in
                var document = document
                document.shard = targets[document.shard].position
                return document
            }
        }.value
    }

    /// A search of about a millisecond at most stays on the caller's executor, for requests their connection's event loop:
    /// changing threads would cost much of what such a search does.
    private func isShort(_ search: Search, _ targets: [SearchTarget], limit: Int) -> Bool {
        guard search.suggestions.isEmpty, search.fetch.highlight == nil, !search.fetch.explains, limit <= Self.shortWindow,
            targets.count == 1, let target = targets.first, target.plan.isPlain
        else { return false }
        return target.view.cost(of: target.plan) <= Self.shortCost
    }

    /// Documents that are fetched, and their sources filtered, in little time.
    private static let shortWindow = 100
    /// In bytes read: about 4000 vectors of 512 dimensions.
    private static let shortCost = 8.0 * 1024 * 1024

    private func answer(_ query: RankedQuery, _ all: [SearchTarget], _ planning: [ShardFailure]) async throws -> Page {
        var (answer, failures) = try await surviving(all, planning) { targets in try await query.run(targets) }
        answer.page.response.shards.total = shards.count + unavailable.count
        answer.page.response.shards.skipped = skipped(query.search, all)
        if answer.page.response.isTimedOut, !allowsPartialResults { throw IndicesError.searchTimedOut }
        answer.page.response.failures = failures
        answer.page.response.reducePhases = reducePhases(of: query)
        if let collapse = query.search.collapse, !collapse.innerHits.isEmpty {
            let matching = query.search.matching(answer.nearest, shards: shards.count)
            try await CollapseExpansion(
                coordinator: self, search: query.search, collapse: collapse, key: all.first?.plan.group, matching: matching)
                .expand(&answer.page.response.hits, answer.groups)
        }
        return answer.page
    }

    /// Elasticsearch brings results together whenever it has a batch of them, and once at the end.
    private func reducePhases(of query: RankedQuery) -> Int {
        guard query.limit > 0 || !query.search.aggregations.isEmpty, batchedReduceSize > 1, shards.count > batchedReduceSize else {
            return 1
        }
        return 1 + (shards.count - batchedReduceSize + batchedReduceSize - 2) / (batchedReduceSize - 1)
    }

    /// Leaves out the shards that fail, and asks the others again: a failure is rare, and must not cost the others.
    private func surviving<Value: Sendable>(
        _ all: [SearchTarget], _ planning: [ShardFailure], _ ask: ([SearchTarget]) async throws -> Value
    ) async throws -> (value: Value, failures: [ShardFailure]) {
        var targets = all
        var failures = planning
        while true {
            try check(failures, hasOthers: !targets.isEmpty)
            do {
                return (try await ask(try await targets.derived()), failures)
            } catch let error as ShardFailures {
                failures += error.failures
                let failed = Set(error.failures.map { ShardName(index: $0.index, shard: $0.shard) })
                let others = targets.filter { !failed.contains(ShardName(index: $0.index.name, shard: $0.number)) }
                guard others.count < targets.count else { throw error.failures.first?.error ?? error }
                targets = others
            }
        }
    }

    private struct ShardName: Hashable {
        var index: String
        var shard: Int
    }

    /// - Throws: what a client is told if these failures are too many.
    func check(_ failures: [ShardFailure], hasOthers: Bool) throws {
        guard let first = failures.first, !hasOthers || !allowsPartialResults else { return }
        if hasOthers { throw IndicesError.searchFailed(failures, isPartial: true) }
        // What one index says to all its shards is said once.
        if failures.allSatisfy({ $0.index == first.index }) { throw first.error }
        throw IndicesError.searchFailed(failures, isPartial: false)
    }
}
