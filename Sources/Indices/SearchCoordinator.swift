internal import Query
internal import Shards

/// Carries a search through its phases: vectors for words, plans, the k nearest of all shards, each shard's best
/// documents, one merged list, and the fetch of the winners.
struct SearchCoordinator {
    let indices: [SearchedIndex]
    let nodeID: String
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
        let nearest = try await NearestPhase(targets: targets).run(clauses: search.knn.count)
        let found = try await targets.forEachShard(isCheap: search.query == nil) { number, target in
            let start = ContinuousClock.now
            let lists = zip(nearest, target.plan.knn).map { ($0[number].documents, $1?.boost ?? 1) }
            let hits = try target.view.search(
                target.plan.query, nearest: lists, limit: limit, minimumScore: target.plan.minimumScore)
            return (hits: hits, nanoseconds: start.nanosecondsSince)
        }
        let best = TopDocuments.merge(found.map(\.hits.documents), limit: limit)
        let lists = nearest.map { $0.map(\.documents) }
        let hits = try HitFetcher(fetch: search.fetch, targets: targets, nearest: lists)
            .hits(Array(best.dropFirst(search.from)))
        var response = SearchResponse(
            took: Int(start.duration(to: .now) / .milliseconds(1)), shards: ShardCounts(total: targets.count),
            total: total(found.reduce(0) { $0 + $1.hits.total }, search.trackTotalHits), maximumScore: best.first?.score,
            hits: hits)
        if search.isProfiled {
            let shards = targets.enumerated().map { number, target in
                let found = found[number]
                return target.profile(
                    nearest.map { $0[number].profile },
                    .init(nanoseconds: found.nanoseconds, documents: found.hits.total, work: found.hits.work))
            }
            response.profile = SearchProfile(shards: shards)
        }
        return response
    }

    /// `from + size`.
    private func window(_ search: Search) throws(IndicesError) -> Int {
        let (window, overflow) = search.from.addingReportingOverflow(search.size)
        for index in indices {
            let limit = index.index.metadata.settings.maximumResultWindow
            if overflow || window > limit {
                throw .resultWindowTooLarge(requested: overflow ? .max : window, limit: limit)
            }
        }
        return window
    }

    private func targets(of search: Search) throws -> [SearchTarget] {
        try indices.flatMap { searched -> [SearchTarget] in
            let index = searched.index
            let mapping = index.metadata.mapping
            let search = searched.filter.map(search.filtered) ?? search
            do throws(PlanningError) {
                let plan = try Planner(mapping: mapping, now: now, size: search.size).plan(search)
                return index.shards.enumerated().filter { searched.shards?.contains($0.offset) ?? true }.map { number, shard in
                    SearchTarget(
                        index: index, number: number, nodeID: nodeID, mapping: mapping, plan: plan, view: shard.view)
                }
            } catch {
                throw IndicesError.planning(error, index: index.name, uuid: index.metadata.uuid)
            }
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
