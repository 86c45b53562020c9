internal import Query
internal import Shards

/// Carries a search through its phases: vectors for words, plans, the k nearest of all shards, each shard's best
/// documents, one merged list, and the fetch of the winners.
struct SearchCoordinator {
    let indices: [Index]
    let embedText: IndexRegistry.TextEmbedding
    /// Milliseconds since 1970 that `now` means in dates.
    let now: Int64

    /// - Throws: `IndicesError` (`resultWindowTooLarge`, `planning`, `invalidDateFormat`, `modelMissing`), `ShardError`, and
    ///   what the embedding of a text throws.
    func run(_ search: Search) async throws -> SearchResponse {
        let start = ContinuousClock.now
        let limit = try window(search)
        let search = try await VectorRewriter(embedText: embedText).rewrite(search)
        let targets = try targets(of: search)
        if isShort(targets, limit: limit) { return try await answer(search, targets, limit: limit, since: start) }
        return try await withTaskExecutorPreference(globalConcurrentExecutor) {
            try await answer(search, targets, limit: limit, since: start)
        }
    }

    /// A search of about a millisecond at most stays on the caller's executor, for requests their connection's event loop:
    /// changing threads would cost much of what such a search does.
    private func isShort(_ targets: [SearchTarget], limit: Int) -> Bool {
        limit <= Self.shortWindow && targets.count == 1
            && targets[0].view.cost(of: targets[0].plan) <= Self.shortCost
    }

    /// Documents that are fetched, and their sources filtered, in little time.
    private static let shortWindow = 100
    /// In bytes read: about 4000 vectors of 512 dimensions.
    private static let shortCost = 8.0 * 1024 * 1024

    private func answer(
        _ search: Search, _ targets: [SearchTarget], limit: Int, since start: ContinuousClock.Instant
    ) async throws -> SearchResponse {
        let nearest = try await nearestDocuments(search, targets)
        let found = try await forEachShard(targets) { number, target in
            let lists = zip(nearest, target.plan.knn).map { ($0[number], $1?.boost ?? 1) }
            return try target.view.search(
                target.plan.query, nearest: lists, limit: limit, minimumScore: target.plan.minimumScore)
        }
        let best = TopDocuments.merge(found.map(\.documents), limit: limit)
        let hits = try HitFetcher(fetch: search.fetch, targets: targets, nearest: nearest)
            .hits(Array(best.dropFirst(search.from)))
        return SearchResponse(
            took: Int(start.duration(to: .now) / .milliseconds(1)), shards: ShardCounts(total: targets.count),
            total: total(found.reduce(0) { $0 + $1.total }, search.trackTotalHits), maximumScore: best.first?.score,
            hits: hits)
    }

    /// `from + size`.
    private func window(_ search: Search) throws(IndicesError) -> Int {
        let (window, overflow) = search.from.addingReportingOverflow(search.size)
        for index in indices {
            let limit = index.metadata.settings.maximumResultWindow
            if overflow || window > limit {
                throw .resultWindowTooLarge(requested: overflow ? .max : window, limit: limit)
            }
        }
        return window
    }

    private func targets(of search: Search) throws -> [SearchTarget] {
        try indices.flatMap { index -> [SearchTarget] in
            let mapping = index.metadata.mapping
            do throws(PlanningError) {
                let plan = try Planner(mapping: mapping, now: now, size: search.size).plan(search)
                return index.shards.map { SearchTarget(index: index, mapping: mapping, plan: plan, view: $0.view) }
            } catch {
                throw IndicesError.planning(error, index: index.name, uuid: index.metadata.uuid)
            }
        }
    }

    /// The global top k of each top-level `knn` clause, handed back to the shards they came from.
    ///
    /// - Returns: by clause, by target.
    private func nearestDocuments(_ search: Search, _ targets: [SearchTarget]) async throws -> [[[ScoredOrdinal]]] {
        var byClause: [[[ScoredOrdinal]]] = []
        for clause in search.knn.indices {
            let lists = try await forEachShard(targets) { _, target in
                try target.plan.knn[clause].map { try target.view.nearest($0.plan).documents } ?? []
            }
            if targets.count == 1 {
                byClause.append(lists)
                continue
            }
            let k = targets.compactMap { $0.plan.knn[clause]?.plan.k }.max() ?? 0
            var kept = [[ScoredOrdinal]](repeating: [], count: targets.count)
            for document in TopDocuments.merge(lists, limit: k) {
                kept[document.shard].append(ScoredOrdinal(ordinal: document.ordinal, score: document.score))
            }
            byClause.append(kept)
        }
        return byClause
    }

    /// Runs `body` for every shard, on tasks of their own if there are several.
    private func forEachShard<Value: Sendable>(
        _ targets: [SearchTarget], _ body: @escaping @Sendable (Int, SearchTarget) throws -> Value
    ) async throws -> [Value] {
        if targets.count == 1 { return [try body(0, targets[0])] }
        return try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            for (number, target) in targets.enumerated() { group.addTask { (number, try body(number, target)) } }
            var values: [Int: Value] = [:]
            for try await (number, value) in group { values[number] = value }
            return targets.indices.compactMap { values[$0] }
        }
    }

    private func total(_ count: Int, _ track: Search.TrackTotalHits) -> SearchResponse.Total? {
        switch track {
        case .exactly: SearchResponse.Total(value: count, isExact: true)
        case .never: nil
        case .upTo(let limit): SearchResponse.Total(value: min(count, limit), isExact: count <= limit)
        }
    }
}
