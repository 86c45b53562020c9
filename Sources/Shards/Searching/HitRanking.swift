internal import Ordinals
internal import Query

/// Finds a shard's first hits among what matches: in an order, one of each group, and scored anew.
struct HitRanking {
    struct Hit {
        var document: ScoredOrdinal
        var keys: [SortKey] = []
        var group: SortKey?
    }

    let view: ShardView
    let executor: QueryExecutor
    let order: DocumentOrder
    let cursor: DocumentCursor?
    let refinement: HitRefinement

    /// - Throws: `ShardError`.
    func first(_ limit: Int, of matches: Matches) throws(ShardError) -> [Hit] {
        guard limit > 0 else { return [] }
        // A rescorer looks at its whole window, however few hits are wanted.
        let window = refinement.rescorers.reduce(limit) { max($0, $1.window) }
        var hits: [Hit]
        if let group = refinement.group {
            hits = try grouped(window, of: matches, by: group)
        } else {
            hits = try sorted(window, of: matches)
        }
        for rescorer in refinement.rescorers { hits = try rescored(hits, rescorer) }
        return Array(hits.prefix(limit))
    }

    private func sorted(_ limit: Int, of matches: Matches) throws(ShardError) -> [Hit] {
        if order.keys.isEmpty { return matches.top(limit, order: order, after: cursor).map { Hit(document: $0) } }
        return try FieldSorter(view: view, order: order).top(limit, of: matches, after: cursor).map {
            Hit(document: $0.document, keys: $0.keys)
        }
    }

    // MARK: Groups

    /// The first document of each group. How many have to be looked at is not known: ever more, until there are enough.
    private func grouped(_ limit: Int, of matches: Matches, by key: OrderKey) throws(ShardError) -> [Hit] {
        let groups = try DocumentGroups(view: view, key: key)
        var window = limit.multipliedReportingOverflow(by: 4).partialValue
        while true {
            let wanted = min(max(window, limit, 64), matches.ordinals.count)
            let hits = try sorted(wanted, of: matches)
            var seen: Set<SortKey> = []
            var found: [Hit] = []
            for (hit, group) in zip(hits, groups.keys(of: hits.map(\.document.ordinal))) where seen.insert(group).inserted {
                var hit = hit
                hit.group = group
                found.append(hit)
                if found.count == limit { return found }
            }
            if hits.count < wanted || wanted == matches.ordinals.count { return found }
            window = wanted.multipliedReportingOverflow(by: 8).partialValue
        }
    }

    // MARK: Rescoring

    /// What is beyond the window keeps its place among the others by its own score.
    private func rescored(_ hits: [Hit], _ plan: RescorePlan) throws(ShardError) -> [Hit] {
        var hits = hits
        let window = hits.indices.prefix(plan.window)
        let first = Matches(window.map { hits[$0].document })
        switch plan.kind {
        case .query(let query, let queryWeight, let rescoreWeight, let mode):
            let second = try scores(executor.matches(query, among: first.ordinals))
            for index in hits.indices {
                let weighted = hits[index].document.score * queryWeight
                let found = index < window.count ? second[hits[index].document.ordinal] : nil
                hits[index].document.score = found.map { mode.combine(weighted, $0 * rescoreWeight) } ?? weighted
            }
        case .script(let script):
            let second = try scores(ScriptScorer(view: view, plan: script).score(first))
            for index in window {
                if let score = second[hits[index].document.ordinal] { hits[index].document.score = score }
            }
        }
        for (place, key) in order.keys.enumerated() where key.values == .score {
            for index in hits.indices where hits[index].keys.indices.contains(place) {
                hits[index].keys[place] = .double(Double(hits[index].document.score))
            }
        }
        return hits.sorted { ScoredOrdinal.precedes($0.document, $1.document) }
    }

    private func scores(_ matches: Matches) -> [UInt32: Float] {
        Dictionary(zip(matches.ordinals, matches.eachScore)) { first, _ in first }
    }
}
