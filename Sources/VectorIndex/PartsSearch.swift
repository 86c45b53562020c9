/// One search of all parts: gathers candidates, for the index to compare exactly.
struct PartsSearch {
    let query: [Float]
    let k: Int
    /// Candidates that each part gives at least.
    let count: Int
    let ef: Int
    let accepting: OrdinalSet
    let choice: SearchStrategyChoice

    private(set) var found: [UInt32] = []
    /// Codes compared.
    private(set) var visited = 0
    private(set) var strategy = VectorSearchResult.Strategy.graph

    init(query: [Float], k: Int, count: Int, ef: Int, accepting: OrdinalSet, choice: SearchStrategyChoice) {
        self.query = query
        self.k = k
        self.count = count
        self.ef = ef
        self.accepting = accepting
        self.choice = choice
    }

    mutating func search(_ part: SealedPart, using context: SearchContext) throws(VectorIndexError) {
        let sealed = try context.sealed(), turned = part.turned(query)
        if choice.strategy == .sketches {
            try scan(part, turned, using: sealed)
            return
        }
        let candidates = try part.candidates(
            for: turned, k: k, count: count, ef: choice.ef, accepting: filter(for: part), .walk(most: choice.most), using: sealed)
        visited += sealed.visited
        if candidates.count >= min(choice.sufficient, part.count) {
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
        strategy = .sketches
        var kept = count + 6 * k
        while true {
            let candidates = try part.candidates(
                for: turned, k: k, count: count, ef: kept, accepting: accepting, .scan, using: context)
            visited += context.visited
            // Where those that were not kept would be in doubt as well, more are kept: far from the query, many are as near.
            if candidates.count < kept {
                found += candidates
                return
            }
            kept *= 8
            let accepted = part.members.intersection(accepting)
            if kept >= accepted.count {
                found += accepted
                return
            }
        }
    }

    mutating func search(_ part: GrowingPart, using context: SearchContext) throws(VectorIndexError) {
        let walk = try part.candidates(
            for: query, k: k, count: count, ef: min(ef, part.count), accepting: accepting, budget: choice.budget,
            using: context)
        visited += context.visited
        if case .found(let ordinals) = walk, ordinals.count >= min(k, part.count) {
            found += ordinals
        } else {
            strategy = .graphThenExact
            found += part.members(below: .max).intersection(accepting)
        }
    }
}
