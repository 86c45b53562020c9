/// One search of all parts: gathers candidates, for the index to compare exactly.
///
/// A part keeps as many candidates as it is likely to have among the nearest of all: its share, and a margin. Where it then
/// has more of the hits than its share, it is searched again with all.
struct PartsSearch {
    /// Candidates of a part beyond its share: in square roots of it, and always.
    private static let margin = 2.5, slack = 4.0
    /// How many times its share of the hits a part may have without being searched again.
    private static let tolerance = 1.5

    let query: [Float]
    let k: Int
    /// Candidates that are compared exactly at least.
    let count: Int
    let accepting: OrdinalSet
    let choice: SearchStrategyChoice
    private let parts: [Part]

    /// Candidates, part by part.
    private var found: [[UInt32]]
    private var kept: [Int]
    /// Codes compared.
    private(set) var visited = 0
    private(set) var strategy = VectorSearchResult.Strategy.graph

    private enum Part {
        case sealed(SealedPart)
        case growing(GrowingPart)

        var count: Int {
            switch self {
            case .sealed(let part): part.count
            case .growing(let part): part.count
            }
        }
    }

    init(_ parts: Parts, query: [Float], k: Int, count: Int, accepting: OrdinalSet, choice: SearchStrategyChoice) {
        self.query = query
        self.k = k
        self.count = count
        self.accepting = accepting
        self.choice = choice
        let all = parts.sealed.map(Part.sealed) + parts.unsealed.map(Part.growing)
        self.parts = all.filter { $0.count > 0 }
        found = [[UInt32]](repeating: [], count: self.parts.count)
        kept = found.map { _ in 0 }
    }

    /// What was found in all parts.
    var candidates: [UInt32] { found.count == 1 ? found[0] : Array(found.joined()) }

    mutating func run(using context: SearchContext) throws(VectorIndexError) {
        let members = parts.reduce(0) { $0 + $1.count }
        for (index, part) in parts.enumerated() {
            try search(index, keeping: share(of: part.count, in: members), using: context)
        }
    }

    /// Searches those parts again that have more than their share of the hits.
    ///
    /// - Parameter hits: ordinals of the nearest.
    /// - Returns: whether there were any.
    mutating func runAgain(where hits: [UInt32], using context: SearchContext) throws(VectorIndexError) -> Bool {
        guard parts.count > 1 else { return false }
        var again = false
        for (index, part) in parts.enumerated() where kept[index] < min(choice.ef, part.count) {
            let own = Set(found[index])
            let won = hits.reduce(0) { own.contains($1) ? $0 + 1 : $0 }
            guard Double(won * choice.ef) > Self.tolerance * Double(kept[index] * k) else { continue }
            try search(index, keeping: choice.ef, using: context)
            again = true
        }
        return again
    }

    private func share(of count: Int, in members: Int) -> Int {
        guard count < members else { return choice.ef }
        let share = Double(choice.ef) * Double(count) / Double(members)
        return min(choice.ef, Int((share + Self.margin * share.squareRoot() + Self.slack).rounded(.up)))
    }

    private mutating func search(
        _ index: Int, keeping wanted: Int, using context: SearchContext
    ) throws(VectorIndexError) {
        let ef = min(wanted, parts[index].count)
        kept[index] = ef
        switch parts[index] {
        case .sealed(let part): found[index] = try candidates(of: part, ef, using: context)
        case .growing(let part): found[index] = try candidates(of: part, ef, using: context)
        }
    }

    private mutating func candidates(
        of part: SealedPart, _ ef: Int, using context: SearchContext
    ) throws(VectorIndexError) -> [UInt32] {
        let sealed = try context.sealed(), turned = part.turned(query)
        if choice.strategy == .sketches { return try scan(part, turned, using: sealed) }
        let candidates = try part.candidates(
            for: turned, k: k, count: min(count, ef), ef: ef, accepting: filter(for: part),
            .walk(most: max(ef, choice.most * ef / max(1, choice.ef))), using: sealed)
        visited += sealed.visited
        // Few near ones are accepted: all that are must be looked at.
        guard candidates.count >= min(choice.sufficient, ef) else { return try scan(part, turned, using: sealed) }
        return candidates
    }

    /// Nil where all that the part has are accepted, which need not be looked at one by one then.
    private func filter(for part: SealedPart) -> OrdinalSet? {
        part.members.count <= accepting.count && part.members.isSubset(of: accepting) ? nil : accepting
    }

    private mutating func scan(
        _ part: SealedPart, _ turned: [Float], using context: SealedContext
    ) throws(VectorIndexError) -> [UInt32] {
        let candidates = try part.candidates(
            for: turned, k: k, count: count, ef: max(count, 2 * k), accepting: accepting, .scan, using: context)
        visited += context.visited
        strategy = .sketches
        return candidates
    }

    private mutating func candidates(
        of part: GrowingPart, _ ef: Int, using context: SearchContext
    ) throws(VectorIndexError) -> [UInt32] {
        let wanted = min(k, ef)
        let walk = try part.candidates(
            for: query, k: wanted, count: min(count, ef), ef: ef, accepting: accepting, budget: choice.budget,
            using: context)
        visited += context.visited
        if case .found(let ordinals) = walk, ordinals.count >= wanted { return ordinals }
        strategy = .graphThenExact
        return Array(part.members(below: .max).intersection(accepting))
    }
}
