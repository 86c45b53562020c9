internal import FieldIndex
internal import Ordinals
internal import Query

/// Finds parents by their children, and children by their parents: they stand in one shard, and are joined by the parent's `_id`.
struct JoinMatcher {
    let view: ShardView
    let plan: JoinPlan

    /// What becomes of scores of those that one document is joined to.
    private struct Sum {
        var count = 0
        var total = 0.0
        var least = Double.infinity
        var greatest = -Double.infinity

        mutating func add(_ score: Float) {
            count += 1
            total += Double(score)
            least = min(least, Double(score))
            greatest = max(greatest, Double(score))
        }

        func score(_ mode: NestedQuery.ScoreMode) -> Float {
            switch mode {
            case .none: 1
            case .avg: Float(total / Double(max(1, count)))
            case .sum: Float(total)
            case .min: Float(least)
            case .max: Float(greatest)
            }
        }
    }

    /// - Parameters:
    ///   - others: what the plan's query matches.
    ///   - own: documents of the kind that is wanted.
    /// - Throws: `ShardError`.
    /// - Complexity: O(children that match, or of the type + parents' rows).
    func matches(_ others: Matches, among own: OrdinalSet) throws(ShardError) -> Matches {
        if others.ordinals.isEmpty || own.isEmpty { return .none }
        var sums: [String: Sum] = [:]
        switch plan.wanted {
        case .parents(let minimum, let maximum):
            let scores = others.eachScore
            var scoreOf: [UInt32: Float] = [:]
            for (ordinal, score) in zip(others.ordinals, scores) { scoreOf[ordinal] = score }
            eachParent(of: others.ordinals) { child, parent in sums[parent, default: Sum()].add(scoreOf[child] ?? 0) }
            sums = sums.filter { $0.value.count >= minimum && $0.value.count <= maximum }
            let parents = try view.store.ordinals(ids: Array(sums.keys), below: view.limit).intersection(own)
            if plan.scoreMode == .none { return Matches(parents, score: 1) }
            let ids = try ids(of: parents)
            return Matches(parents, scores: .each(parents.map { sums[ids[$0] ?? ""]?.score(plan.scoreMode) ?? 0 }))
        case .children:
            let ids = try ids(of: others.ordinals)
            for (ordinal, score) in zip(others.ordinals, others.eachScore) {
                if let id = ids[ordinal] { sums[id, default: Sum()].add(score) }
            }
            var found: [UInt32: Float] = [:]
            eachParent(of: own) { child, parent in if let sum = sums[parent] { found[child] = sum.score(plan.scoreMode) } }
            let children = OrdinalSet(found.keys.sorted())
            return Matches(children, scores: .each(children.map { found[$0] ?? 0 }))
        }
    }

    /// Which of some documents that match the plan's query each of others is joined to.
    ///
    /// - Returns: by the joined document, those of `owners` that it belongs to.
    /// - Throws: `ShardError`.
    func joined(to owners: [UInt32], among others: OrdinalSet) throws(ShardError) -> [UInt32: [UInt32]] {
        var joined: [UInt32: [UInt32]] = [:]
        switch plan.wanted {
        case .parents:
            var ownerOf: [String: UInt32] = [:]
            for (ordinal, id) in try ids(of: OrdinalSet(owners.sorted())) { ownerOf[id] = ordinal }
            eachParent(of: others) { child, parent in if let owner = ownerOf[parent] { joined[child, default: []].append(owner) } }
        case .children:
            var childrenOf: [String: [UInt32]] = [:]
            eachParent(of: OrdinalSet(owners.sorted())) { child, parent in childrenOf[parent, default: []].append(child) }
            let parents = try view.store.ordinals(ids: Array(childrenOf.keys), below: view.limit).intersection(others)
            for (ordinal, id) in try ids(of: parents) { joined[ordinal] = childrenOf[id] ?? [] }
        }
        return joined
    }

    private func eachParent(of children: OrdinalSet, _ body: (_ child: UInt32, _ parent: String) -> Void) {
        for part in view.keywords(plan.parentField)?.parts ?? [] {
            part.column.forEachBlock(of: children) { ordinals, ranks in
                for (ordinal, rank) in zip(ordinals, ranks) { body(ordinal, part.column.term(Int(rank))) }
            }
        }
    }

    private func ids(of ordinals: OrdinalSet) throws(ShardError) -> [UInt32: String] {
        let rows = try view.store.documents(Array(ordinals), includingSource: false)
        return Dictionary(rows.map { ($0.ordinal, $0.id) }) { first, _ in first }
    }
}
