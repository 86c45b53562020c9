internal import JSON
internal import Query
internal import Shards

/// A rewritten search on the shards that can answer it: their best documents, merged, and the winners fetched.
struct RankedQuery: Sendable {
    let search: Search
    /// `from + size`.
    let limit: Int
    let position: SearchPosition?
    let start: ContinuousClock.Instant
    /// Shards that are not begun by then are left out.
    var deadline: ContinuousClock.Instant?

    /// The first documents of all shards, and what each shard found.
    struct Ranking: Sendable {
        var documents: [ScoredDocument]
        var found: [(hits: ShardHits, nanoseconds: Int)]
        /// Whether shards were left out.
        var isTimedOut = false
        /// By `knn` clause and target.
        var nearest: [[NearestPhase.Part]]
    }

    /// A page, and what its collapsed hits are expanded by.
    struct Answer: Sendable {
        var page: SearchCoordinator.Page
        var groups: [SortKey?]
        /// Each `knn` clause's documents.
        var nearest: [[ScoredDocument]]
    }

    /// - Throws: `ShardFailures` naming the shards that failed; `IndicesError`.
    func rank(_ targets: [SearchTarget]) async throws -> Ranking {
        let nearest = try await NearestPhase(targets: targets).run(clauses: search.knn.count)
        let order = targets.first?.plan.order ?? .best
        let found = try await targets.forEachShard(isCheap: search.query == nil) { [limit, position, deadline] number, target in
            let start = ContinuousClock.now
            if let deadline, start >= deadline { return (hits: ShardHits(documents: [], total: 0), nanoseconds: -1) }
            let lists = zip(nearest, target.plan.knn).map { ($0[number].documents, $1?.boost ?? 1) }
            let hits = try target.view.search(
                target.plan.query, nearest: lists, limit: limit, minimumScore: target.plan.minimumScore,
                order: target.plan.order, after: position?.cursor(shard: target.position, plan: target.plan),
                aggregations: target.plan.aggregations, refinement: HitRefinement(target.plan), derived: target.plan.derived,
                mapping: target.mapping)
            return (hits: hits, nanoseconds: start.nanosecondsSince)
        }
        let best = TopDocuments.merge(
            found.map(\.hits.documents), keys: found.map(\.hits.keys), groups: found.map(\.hits.groups), limit: limit, order: order)
        return Ranking(documents: best, found: found, isTimedOut: found.contains { $0.nanoseconds < 0 }, nearest: nearest)
    }

    /// - Throws: `ShardFailures` naming the shards that failed; `IndicesError`.
    func run(_ targets: [SearchTarget]) async throws -> Answer {
        let ranking = try await rank(targets)
        let (best, found, nearest) = (ranking.documents, ranking.found, ranking.nearest)
        let fetchStart = ContinuousClock.now
        let winners = Array(best.dropFirst(search.from))
        var hits = try HitFetcher(fetch: search.fetch, targets: targets, nearest: nearest.map { $0.map(\.documents) })
            .hits(winners)
        describe(&hits, winners, targets)
        var response = SearchResponse(
            took: Int(start.duration(to: .now) / .milliseconds(1)), shards: ShardCounts(total: targets.count),
            total: total(found.reduce(0) { $0 + $1.hits.total }), maximumScore: maximumScore(best), hits: hits)
        response.isTimedOut = ranking.isTimedOut
        if search.isProfiled {
            let fetchTime = fetchStart.nanosecondsSince
            let shards = targets.enumerated().map { number, target in
                let found = found[number]
                var shard = target.profile(
                    nearest.map { $0[number].profile },
                    .init(
                        nanoseconds: found.nanoseconds, documents: found.hits.total, work: found.hits.work, plan: target.plan.query))
                shard.aggregations = target.plan.aggregations
                shard.collectsStatistics = search.collectsStatistics
                shard.reading = reading(of: winners.count { $0.shard == number }, among: winners.count, fetchTime, target)
                return shard
            }
            response.profile = SearchProfile(shards: shards)
        }
        if !search.suggestions.isEmpty {
            response.suggestions = try Suggesting(targets: targets, fetch: search.fetch).results(search.suggestions)
        }
        response.aggregations = try aggregations(found.map(\.hits.aggregations), targets)
        if search.terminateAfter != nil { response.isTerminatedEarly = found.contains { $0.hits.isTerminatedEarly } }
        let page = SearchCoordinator.Page(
            response: response,
            last: winners.last.map { SearchPosition(after: $0, position: targets[$0.shard].position) })
        return Answer(page: page, groups: winners.map(\.group), nearest: documents(nearest, targets))
    }

    /// Winners are read together: each shard has its share of the time.
    private func reading(
        of count: Int, among all: Int, _ nanoseconds: Int, _ target: SearchTarget
    ) -> SearchProfile.Reading? {
        guard count > 0 else { return nil }
        return SearchProfile.Reading(
            nanoseconds: nanoseconds / all * count, documents: count, hasSource: search.fetch.source != .none,
            hasInnerHits: !target.plan.innerHits.isEmpty, isEmpty: search.fetch.omitsStoredFields)
    }

    /// Each clause's documents, with the places of their shards among all of the search.
    private func documents(_ nearest: [[NearestPhase.Part]], _ targets: [SearchTarget]) -> [[ScoredDocument]] {
        nearest.map { parts in
            zip(targets, parts).flatMap { target, part in
                part.documents.map { ScoredDocument(shard: target.position, ordinal: $0.ordinal, score: $0.score) }
            }
        }
    }

    /// The shards' results brought together; nil where none were asked for.
    private func aggregations(_ parts: [[AggregationResult]], _ targets: [SearchTarget]) throws -> AggregationAnswer? {
        if search.aggregations.isEmpty { return nil }
        // An index's shards have one plan.
        let plans = AggregationPlan.merged(
            targets.indices.filter { $0 == 0 || targets[$0].index !== targets[$0 - 1].index }.map { targets[$0].plan.aggregations })
        let numbered = parts.enumerated().map { shard, results in results.map { $0.numbered(shard) } }
        let results = try AggregationReduction().reduce(plans, numbered)
        var answer = AggregationAnswer(plans: plans, results: results, hits: [:])
        for (plan, result) in zip(plans, results) {
            try result.eachTopHits(plan) { path, hits, documents in
                var fetch = hits.fetch
                // Without fields of their own they show the search's.
                if fetch.fields.isEmpty { fetch.fields = search.fetch.fields }
                let shown = targets.map { target in
                    var target = target
                    target.plan.scriptFields = hits.scriptFields
                    return target
                }
                var fetched = try HitFetcher(fetch: fetch, targets: shown, nearest: [], showsInnerHits: false).hits(documents)
                guard fetched.count == documents.count else { return }
                describe(&fetched, documents, hits.sort, hits.order.keys, tracksScores: hits.tracksScores, targets)
                for (document, hit) in zip(documents, fetched) { answer.hits[.init(path: path, document: document)] = hit }
            }
        }
        return answer
    }

    /// Gives hits their sort values, and takes away scores that nothing asked for.
    private func describe(_ hits: inout [SearchResponse.Hit], _ documents: [ScoredDocument], _ targets: [SearchTarget]) {
        guard hits.count == documents.count else { return }
        for (number, document) in documents.enumerated() {
            if search.showsRanks { hits[number].rank = search.from + number + 1 }
            guard let collapse = search.collapse, let group = document.group else { continue }
            let shown = targets[document.shard].plan.group?.shown(group) ?? .null
            var fields = hits[number].fields ?? [:]
            fields[collapse.field] = [shown]
            hits[number].fields = fields
        }
        describe(&hits, documents, sort, nil, tracksScores: search.tracksScores, targets)
    }

    /// - Parameter keys: what they are sorted by; nil: what the search is.
    private func describe(
        _ hits: inout [SearchResponse.Hit], _ documents: [ScoredDocument], _ sort: Sort?, _ keys: [OrderKey]?, tracksScores: Bool,
        _ targets: [SearchTarget]
    ) {
        guard let sort else { return }
        let showsScore = tracksScores || sort.clauses.contains { $0.key == .score }
        for (number, document) in documents.enumerated() {
            let keys = keys ?? targets[document.shard].plan.order.keys
            hits[number].sort = sort.clauses.enumerated().map { position, clause in
                switch clause.key {
                case .score: .float(document.score)
                case .document: .int(Int(document.ordinal))
                case .shardDocument: .int(targets[document.shard].position << 32 | Int(document.ordinal))
                case .field:
                    keys.indices.contains(position) && document.keys.indices.contains(position)
                        ? keys[position].shown(document.keys[position]) : .null
                }
            }
            if !showsScore { hits[number].score = nil }
        }
    }

    /// Nil where hits come by score alone.
    private var sort: Sort? { search.sort.flatMap { $0.isDefault ? nil : $0 } }

    private func maximumScore(_ best: [ScoredDocument]) -> Float? {
        if sort == nil { return position == nil ? best.first?.score : nil }
        return search.tracksScores ? best.map(\.score).max() : nil
    }

    private func total(_ count: Int) -> SearchResponse.Total? {
        switch search.trackTotalHits {
        case .exactly: SearchResponse.Total(value: count, isExact: true)
        case .never: nil
        case .upTo(let limit): SearchResponse.Total(value: min(count, limit), isExact: count <= limit)
        }
    }
}
