internal import CVectorKernels
internal import Ordinals

/// One search of all parts: gathers candidates, for the index to compare exactly.
///
/// How is chosen for each part by itself: of an old sealed part, most may be dead, and of the part that took their new versions
/// nothing. A part keeps as many candidates as it is likely to have among the nearest of all, its share and a margin. Where
/// it then has more of the hits than its share, it is searched again with all.
struct PartsSearch {
    /// Candidates that a scan of sketches or of a growing part's codes, which err less, keeps at most. Where more are in doubt,
    /// rows are compared instead.
    private static let scannedSketches = 512, scannedCodes = 2048
    /// Candidates of a part beyond its share: in square roots of it, and always.
    private static let margin = 1.0, slack = 3.0
    /// Standard deviations by which a part may have more than its share of the hits without being searched again.
    private static let tolerance = 3.0

    let query: [Float]
    let k: Int
    /// Candidates that are compared exactly at least.
    let count: Int
    let ef: Int
    let accepting: OrdinalSet
    let sealedCosts: SearchStrategyChoice.Costs
    let growingCosts: SearchStrategyChoice.Costs

    /// To be compared one and all, in their order.
    private(set) var unsifted = OrdinalSet()
    /// Codes compared.
    private(set) var visited = 0
    private(set) var strategy = VectorSearchResult.Strategy.graph
    private var parts: [Part] = []

    private struct Part {
        enum Form {
            case sealed(SealedPart)
            case growing(GrowingPart)
        }

        let form: Form
        let accepted: Int
        /// Nil where all that a sealed part has are accepted, which need not be looked at one by one then.
        var filter: OrdinalSet?
        var kept = 0
        var found: [UInt32] = []
    }

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

    /// What was found in all parts, beside the `unsifted`.
    var candidates: [UInt32] { parts.count == 1 ? parts[0].found : parts.flatMap(\.found) }

    mutating func run(over all: Parts, using context: SearchContext) throws(VectorIndexError) {
        parts = partsWithAccepted(all)
        let total = parts.reduce(0) { $0 + $1.accepted }
        for index in parts.indices {
            try search(index, keeping: share(of: parts[index].accepted, in: total), using: context)
        }
    }

    /// Searches those parts again that have more than their share of the hits.
    ///
    /// - Parameter hits: ordinals of the nearest.
    /// - Returns: whether there were any.
    mutating func runAgain(where hits: [UInt32], using context: SearchContext) throws(VectorIndexError) -> Bool {
        guard parts.count > 1 else { return false }
        var again = false
        for index in parts.indices where parts[index].kept > 0 && parts[index].kept < ef {
            let own = Set(parts[index].found)
            let won = hits.reduce(0) { own.contains($1) ? $0 + 1 : $0 }
            let share = Double(parts[index].kept) / Double(ef), mean = share * Double(k)
            guard Double(won) > mean + Self.tolerance * (mean * (1 - share)).squareRoot() else { continue }
            try search(index, keeping: ef, using: context)
            again = true
        }
        return again
    }

    /// Growing parts know how many vectors they have, and not which: what sealed parts do not have is accepted in theirs.
    private func partsWithAccepted(_ all: Parts) -> [Part] {
        var parts: [Part] = [], seen = 0
        for part in all.sealed {
            let isWhole = part.members.count <= accepting.count && part.members.isSubset(of: accepting)
            let accepted = isWhole ? part.count : part.members.intersectionCount(accepting)
            seen += accepted
            guard accepted > 0 else { continue }
            parts.append(Part(form: .sealed(part), accepted: accepted, filter: isWhole ? nil : accepting))
        }
        let members = all.unsealedCount
        let rest = min(members, max(0, accepting.count - seen))
        guard rest > 0 else { return parts }
        for part in all.unsealed where part.count > 0 {
            let accepted = Int((Double(part.count) * Double(rest) / Double(members)).rounded(.up))
            parts.append(Part(form: .growing(part), accepted: max(1, accepted)))
        }
        return parts
    }

    private func share(of accepted: Int, in total: Int) -> Int {
        guard accepted < total else { return ef }
        let share = Double(ef) * Double(accepted) / Double(total)
        return min(ef, Int((share + Self.margin * share.squareRoot() + Self.slack).rounded(.up)))
    }

    private mutating func search(_ index: Int, keeping ef: Int, using context: SearchContext) throws(VectorIndexError) {
        let accepted = parts[index].accepted
        parts[index].kept = ef
        switch parts[index].form {
        case .sealed(let part):
            let choice = SearchStrategyChoice(
                members: part.count, accepted: accepted, ef: min(ef, part.count), k: k, costs: sealedCosts)
            parts[index].found = try search(part, choice, parts[index], using: context)
        case .growing(let part):
            let choice = SearchStrategyChoice(
                members: part.count, accepted: accepted, ef: min(ef, part.count), k: k, costs: growingCosts)
            parts[index].found = try search(part, choice, using: context)
        }
    }

    private mutating func search(
        _ part: SealedPart, _ choice: SearchStrategyChoice, _ asked: Part, using context: SearchContext
    ) throws(VectorIndexError) -> [UInt32] {
        if choice.strategy == .exact { return takeAll(of: part.members, as: .exact) }
        let sealed = try context.sealed(), turned = part.turned(query)
        if choice.strategy == .codes { return try scan(part, turned, using: sealed) }
        let candidates = try part.candidates(
            for: turned, k: k, count: max(min(count, asked.kept), choice.sufficient), accepting: asked.filter,
            .walk(choice.bounds), using: sealed)
        visited += sealed.visited
        // Few near ones are accepted: all that are must be looked at.
        guard candidates.count >= min(choice.sufficient, asked.accepted) else { return try scan(part, turned, using: sealed) }
        return candidates
    }

    private mutating func scan(
        _ part: SealedPart, _ turned: [Float], using context: SealedContext
    ) throws(VectorIndexError) -> [UInt32] {
        let candidates = try part.candidates(
            for: turned, k: k, count: count, accepting: accepting, .scan(keeping: max(count, Self.scannedSketches)), using: context)
        visited += context.visited
        // Many are about as near as the k-th, as where a filter leaves out what is near: codes cannot tell them apart.
        if context.isInDoubt { return takeAll(of: part.members, as: .graphThenExact) }
        if strategy == .graph { strategy = .codes }
        return candidates
    }

    private mutating func search(
        _ part: GrowingPart, _ choice: SearchStrategyChoice, using context: SearchContext
    ) throws(VectorIndexError) -> [UInt32] {
        if choice.strategy == .exact { return takeAll(of: part.members(below: .max), as: .exact) }
        let ef = choice.bounds.accepted, k = min(k, ef), count = min(ef, max(count, choice.sufficient))
        if choice.strategy == .codes { return try scan(part, count: count, using: context) }
        let walk = try part.candidates(
            for: query, k: k, count: count, accepting: accepting, within: choice.bounds, budget: choice.budget,
            using: context)
        visited += context.visited
        if case .found(let ordinals) = walk, ordinals.count >= min(max(k, choice.sufficient), part.count) { return ordinals }
        return try scan(part, count: count, using: context)
    }

    private mutating func scan(
        _ part: GrowingPart, count: Int, using context: SearchContext
    ) throws(VectorIndexError) -> [UInt32] {
        let found = try part.scanned(
            for: query, k: k, count: count, accepting: accepting, limit: Self.scannedCodes, using: context)
        visited += context.visited
        guard let found else { return takeAll(of: part.members(below: .max), as: .graphThenExact) }
        if strategy == .graph { strategy = .codes }
        return found
    }

    private mutating func takeAll(
        of members: OrdinalSet, as strategy: VectorSearchResult.Strategy
    ) -> [UInt32] {
        unsifted.formUnion(members.intersection(accepting))
        if self.strategy != .graphThenExact { self.strategy = strategy }
        return []
    }
}
