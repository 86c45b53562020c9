internal import Query
internal import Shards

/// The first phase of a search with top-level `knn` clauses: the global top k of each, handed back to the shards they came
/// from.
struct NearestPhase {
    /// One shard's part of a clause's answer.
    struct Part: Sendable {
        var documents: [ScoredOrdinal] = []
        var profile: SearchProfile.Phase?
    }

    let targets: [SearchTarget]

    /// - Parameter clauses: how many there are.
    /// - Returns: by clause, by target.
    /// - Throws: `ShardFailures`.
    func run(clauses: Int) async throws -> [[Part]] {
        if clauses == 0 { return [] }
        // Each shard is asked for its share of the k nearest; one with a single shard, for all.
        let shares = try await targets.forEachShard { _, target in
            try target.plan.knn.map { try $0.map { try Self.part(target, $0.plan.share(of: target.index.shards.count)) } }
        }
        var merged: [[Part]] = []
        for clause in 0..<clauses {
            merged.append(try await merge(shares.map { $0[clause] ?? Part() }, clause))
        }
        return merged
    }

    private static func part(_ target: SearchTarget, _ plan: KNNPlan) throws -> Part {
        let start = ContinuousClock.now
        let found = try target.view.nearest(plan)
        var profile = SearchProfile.Phase(
            nanoseconds: start.nanosecondsSince, documents: found.documents.count, work: found.work.map { [$0] } ?? [])
        profile.first = found.documents.min { $0.ordinal < $1.ordinal }
        profile.maximumScore = found.documents.map(\.score).max()
        return Part(documents: found.documents, profile: profile)
    }

    private func merge(_ shares: [Part], _ clause: Int) async throws -> [Part] {
        if targets.count == 1 { return shares }
        let k = targets.compactMap { $0.plan.knn[clause]?.plan.k }.max() ?? 0
        var parts = shares
        var kept = keep(parts, k)
        // A shard whose whole share is among the k nearest may hold more of them.
        let exhausted = targets.indices.filter { number in
            guard let plan = targets[number].plan.knn[clause]?.plan else { return false }
            let share = plan.share(of: targets[number].index.shards.count)
            return share.k < plan.k && parts[number].documents.count == share.k && kept[number].count == share.k
        }
        if !exhausted.isEmpty {
            let again = try await exhausted.map { targets[$0] }.forEachShard { _, target in
                try target.plan.knn[clause].map { try Self.part(target, $0.plan) } ?? Part()
            }
            for (number, part) in zip(exhausted, again) {
                let before = parts[number].profile
                parts[number] = part
                parts[number].profile?.add(before)
            }
            kept = keep(parts, k)
        }
        for number in parts.indices { parts[number].documents = kept[number] }
        return parts
    }

    /// Of each target's documents those that are among the best `k` of all.
    private func keep(_ parts: [Part], _ k: Int) -> [[ScoredOrdinal]] {
        var kept = [[ScoredOrdinal]](repeating: [], count: parts.count)
        for document in TopDocuments.merge(parts.map(\.documents), limit: k) {
            kept[document.shard].append(ScoredOrdinal(ordinal: document.ordinal, score: document.score))
        }
        return kept
    }
}

extension SearchProfile.Phase {
    /// Adds what an earlier attempt took.
    fileprivate mutating func add(_ earlier: Self?) {
        guard let earlier else { return }
        nanoseconds += earlier.nanoseconds
        work = earlier.work + work
    }
}

extension ContinuousClock.Instant {
    /// Wall-clock nanoseconds from this moment on.
    var nanosecondsSince: Int { Int(duration(to: .now) / .nanoseconds(1)) }
}
