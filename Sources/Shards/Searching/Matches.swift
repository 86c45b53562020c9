internal import Ordinals
internal import Query
internal import VectorIndex

/// The documents that a query matches, with their scores.
struct Matches {
    enum Scores {
        /// All alike.
        case constant(Float)
        /// One for each ordinal, ascending.
        case each([Float])
    }

    var ordinals: OrdinalSet
    var scores: Scores

    init(_ ordinals: OrdinalSet, score: Float) {
        self.ordinals = ordinals
        scores = .constant(score)
    }

    init(_ ordinals: OrdinalSet, scores: Scores) {
        self.ordinals = ordinals
        self.scores = scores
    }

    init(_ documents: [ScoredOrdinal]) {
        ordinals = OrdinalSet(documents.map(\.ordinal))
        scores = .each(documents.sorted { $0.ordinal < $1.ordinal }.map(\.score))
    }

    static let none = Matches([], score: 0)

    static func union(_ clauses: [Matches]) -> OrdinalSet {
        clauses.reduce(into: OrdinalSet()) { $0.formUnion($1.ordinals) }
    }

    func boosted(by boost: Float) -> Matches {
        switch scores {
        case .constant(let score): Matches(ordinals, score: score * boost)
        case .each(let scores): Matches(ordinals, scores: .each(scores.map { $0 * boost }))
        }
    }

    /// The sum of the clauses' scores over given documents; a clause that does not match adds nothing.
    ///
    /// - Complexity: O(documents × clauses), one pass over each clause.
    static func sum(_ clauses: [Matches], over ordinals: OrdinalSet) -> Matches {
        var constant: Float = 0
        var varying: [Matches] = []
        for clause in clauses {
            if case .constant(let score) = clause.scores, score == 0 || ordinals.isSubset(of: clause.ordinals) {
                constant += score
            } else {
                varying.append(clause)
            }
        }
        if varying.isEmpty { return Matches(ordinals, score: constant) }
        var sums = [Float](repeating: constant, count: ordinals.count)
        for clause in varying { clause.add(to: &sums, of: ordinals) }
        return Matches(ordinals, scores: .each(sums))
    }

    private func add(to sums: inout [Float], of wanted: OrdinalSet) {
        var position = 0
        switch scores {
        case .constant(let score):
            wanted.forEach { ordinal in
                if ordinals.contains(ordinal) { sums[position] += score }
                position += 1
            }
        case .each(let scores):
            // Both sets ascend: one walk over each.
            var own = ordinals.makeIterator()
            var next = own.next()
            var rank = 0
            wanted.forEach { ordinal in
                while let candidate = next, candidate < ordinal {
                    next = own.next()
                    rank += 1
                }
                if next == ordinal { sums[position] += scores[rank] }
                position += 1
            }
        }
    }

    /// Only those with at least this score.
    func scoring(atLeast minimum: Float) -> Matches {
        switch scores {
        case .constant(let score): return score >= minimum ? self : .none
        case .each(let scores):
            var kept = OrdinalSet()
            var keptScores: [Float] = []
            var rank = 0
            ordinals.forEach { ordinal in
                if scores[rank] >= minimum {
                    kept.insert(ordinal)
                    keptScores.append(scores[rank])
                }
                rank += 1
            }
            return Matches(kept, scores: .each(keptScores))
        }
    }

    /// The best, best first; among equals the lower ordinals.
    func top(_ limit: Int) -> [ScoredOrdinal] {
        switch scores {
        case .constant(let score): return ordinals.prefix(limit).map { ScoredOrdinal(ordinal: $0, score: score) }
        case .each(let scores):
            guard limit > 0 else { return [] }
            var collector = TopCollector(limit: limit)
            var floor = collector.floor
            var rank = 0
            ordinals.forEach { ordinal in
                let score = scores[rank]
                rank += 1
                // Most documents end here: a comparison each.
                if score < floor { return }
                collector.insert(ScoredOrdinal(ordinal: ordinal, score: score))
                floor = collector.floor
            }
            return collector.sorted()
        }
    }
}
