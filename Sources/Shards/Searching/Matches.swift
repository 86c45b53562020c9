internal import FieldIndex
internal import Ordinals
internal import Query

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

    init(_ documents: ScoredDocuments) {
        ordinals = documents.ordinals
        scores = .each(documents.scores)
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
    /// - Complexity: O(documents + sum of the clauses' documents): no document is looked up.
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
        if constant == 0, varying.count == 1, varying[0].ordinals == ordinals { return varying[0] }
        var sums = [Float](repeating: constant, count: ordinals.last.map { Int($0) + 1 } ?? 0)
        sums.withUnsafeMutableBufferPointer { sums in
            for clause in varying { clause.forEach(below: sums.count) { sums[$0] += $1 } }
        }
        return Matches(ordinals, scores: .each(packed(sums, ordinals)))
    }

    /// The greatest of the clauses' scores, and of all others the sum times the tie breaker.
    static func best(_ clauses: [Matches], tieBreaker: Float) -> Matches {
        let ordinals = union(clauses)
        let count = ordinals.last.map { Int($0) + 1 } ?? 0
        var sums = [Float](repeating: 0, count: count)
        var best = [Float](repeating: 0, count: count)
        for clause in clauses {
            clause.forEach(below: count) {
                sums[$0] += $1
                best[$0] = max(best[$0], $1)
            }
        }
        // A sum may be beyond the greatest number.
        if tieBreaker != 0 { for index in best.indices { best[index] += tieBreaker * (sums[index] - best[index]) } }
        return Matches(ordinals, scores: .each(packed(best, ordinals)))
    }

    /// Those of the values, by ordinal, that some ordinals have.
    private static func packed(_ values: [Float], _ ordinals: OrdinalSet) -> [Float] {
        [Float](unsafeUninitializedCapacity: ordinals.count) { scores, count in
            ordinals.forEach { ordinal in
                scores[count] = values[Int(ordinal)]
                count += 1
            }
        }
    }

    func forEach(below limit: Int, _ body: (_ ordinal: Int, _ score: Float) -> Void) {
        switch scores {
        case .constant(let score): ordinals.forEach { if $0 < limit { body(Int($0), score) } }
        case .each(let scores):
            var rank = 0
            ordinals.forEach { ordinal in
                if ordinal < limit { body(Int(ordinal), scores[rank]) }
                rank += 1
            }
        }
    }

    /// The scores of some documents multiplied.
    func multiplied(by factor: Float, where affected: OrdinalSet) -> Matches {
        if affected.isEmpty { return self }
        var scores: [Float] = []
        scores.reserveCapacity(ordinals.count)
        forEach(below: .max) { ordinal, score in
            scores.append(affected.contains(UInt32(ordinal)) ? score * factor : score)
        }
        return Matches(ordinals, scores: .each(scores))
    }

    /// The scores in the order of the ordinals.
    var eachScore: [Float] {
        switch scores {
        case .constant(let score): [Float](repeating: score, count: ordinals.count)
        case .each(let scores): scores
        }
    }

    /// Only those of some documents.
    func among(_ accepted: OrdinalSet) -> Matches {
        let kept = ordinals.intersection(accepted)
        guard case .each(let scores) = scores, kept.count < ordinals.count else { return Matches(kept, scores: self.scores) }
        var keptScores: [Float] = []
        for (ordinal, score) in zip(ordinals, scores) where kept.contains(ordinal) { keptScores.append(score) }
        return Matches(kept, scores: .each(keptScores))
    }

    func score(at rank: Int) -> Float {
        switch scores {
        case .constant(let score): score
        case .each(let scores): scores[rank]
        }
    }
}
