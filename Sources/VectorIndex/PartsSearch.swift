/// One search of all parts: gathers candidates, for the index to compare exactly.
///
/// How is chosen for each part by itself: of an old sealed part, most may be dead, and of the part that took their new versions
/// nothing.
struct PartsSearch {
    /// Candidates that a scan of sketches keeps at most. Where more are in doubt, rows are compared instead.
    private static let scanned = 512

    let query: [Float]
    let k: Int
    /// Candidates that each part gives at least.
    let count: Int
    let ef: Int
    let accepting: OrdinalSet
    let sealedCosts: SearchStrategyChoice.Costs
    let growingCosts: SearchStrategyChoice.Costs

    private(set) var found: [UInt32] = []
    /// To be compared one and all, in their order.
    private(set) var unsifted = OrdinalSet()
    /// Codes compared.
    private(set) var visited = 0
    private(set) var strategy = VectorSearchResult.Strategy.graph
    /// Accepted ordinals in the parts that were searched.
    private var seen = 0

    init(
        query: [Float], k: Int, count: Int, ef: Int, accepting: OrdinalSet, sealedCosts: SearchStrategyChoice.Costs,
        growingCosts: SearchStrategyChoice.Costs
    ) {
        self.query = query
        self.k = k
        self.count = count
        self.ef = ef
        self.accepting = accepting
        self.sealedCosts = sealedCosts
        self.growingCosts = growingCosts
    }

    mutating func search(_ part: SealedPart, using context: SearchContext) throws(VectorIndexError) {
        let filter = filter(for: part)
        let accepted = filter.map { part.members.intersectionCount($0) } ?? part.count
        guard accepted > 0 else { return }
        seen += accepted
        let choice = SearchStrategyChoice(members: part.count, accepted: accepted, ef: ef, k: k, costs: sealedCosts)
        if choice.strategy == .exact {
            takeAll(of: part.members, as: .exact)
            return
        }
        let sealed = try context.sealed(), turned = part.turned(query)
        if choice.strategy == .sketches {
            try scan(part, turned, using: sealed)
            return
        }
        let candidates = try part.candidates(
            for: turned, k: k, count: max(count, choice.sufficient), ef: choice.ef, accepting: filter,
            .walk(most: choice.most), using: sealed)
        visited += sealed.visited
        if candidates.count >= min(choice.sufficient, accepted) {
            found += candidates
        } else {
            // Few near ones are accepted: all that are must be looked at.
            try scan(part, turned, using: sealed)
        }
    }

    /// Nil where all that the part has are accepted, which need not be looked at one by one then.
    private func filter(for part: SealedPart) -> OrdinalSet? {
        part.members.count <= accepting.count && part.members.isSubset(of: accepting) ? nil : accepting
    }

    private mutating func scan(
        _ part: SealedPart, _ turned: [Float], using context: SealedContext
    ) throws(VectorIndexError) {
        let candidates = try part.candidates(
            for: turned, k: k, count: count, ef: max(count, Self.scanned), accepting: accepting, .scan, using: context)
        visited += context.visited
        if context.isInDoubt {
            // Many are about as near as the k-th, as where a filter leaves out what is near: codes cannot tell them apart.
            takeAll(of: part.members, as: .graphThenExact)
        } else {
            found += candidates
            if strategy == .graph { strategy = .sketches }
        }
    }

    /// Growing parts know how many vectors they have, and not which: what sealed parts do not have is accepted in theirs.
    mutating func search(_ parts: [GrowingPart], using context: SearchContext) throws(VectorIndexError) {
        let members = parts.reduce(0) { $0 + $1.count }
        let rest = min(members, max(0, accepting.count - seen))
        guard rest > 0 else { return }
        for part in parts {
            let accepted = max(1, Int((Double(part.count) * Double(rest) / Double(members)).rounded(.up)))
            let choice = SearchStrategyChoice(
                members: part.count, accepted: accepted, ef: min(ef, part.count), k: k, costs: growingCosts)
            try search(part, choice, using: context)
        }
    }

    private mutating func search(
        _ part: GrowingPart, _ choice: SearchStrategyChoice, using context: SearchContext
    ) throws(VectorIndexError) {
        if choice.strategy == .exact {
            takeAll(of: part.members(below: .max), as: .exact)
            return
        }
        let walk = try part.candidates(
            for: query, k: k, count: min(choice.ef, max(count, choice.sufficient)), ef: choice.ef, most: choice.most,
            accepting: accepting, budget: choice.budget, using: context)
        visited += context.visited
        if case .found(let ordinals) = walk, ordinals.count >= min(max(k, choice.sufficient), part.count) {
            found += ordinals
        } else {
            takeAll(of: part.members(below: .max), as: .graphThenExact)
        }
    }

    private mutating func takeAll(of members: OrdinalSet, as strategy: VectorSearchResult.Strategy) {
        let all = members.intersection(accepting)
        unsifted.formUnion(all)
        if self.strategy != .graphThenExact { self.strategy = strategy }
    }
}
