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
        for index in best.indices { best[index] += tieBreaker * (sums[index] - best[index]) }
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

    private func forEach(below limit: Int, _ body: (_ ordinal: Int, _ score: Float) -> Void) {
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

    /// Those of the lowest ordinals.
    func first(_ count: Int) -> Matches {
        let kept = OrdinalSet(ordinals.prefix(max(0, count)))
        guard case .each(let scores) = scores else { return Matches(kept, scores: scores) }
        return Matches(kept, scores: .each(Array(scores.prefix(kept.count))))
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

    /// The first of an order.
    ///
    /// - Parameter cursor: only documents after this place.
    func top(_ limit: Int, order: DocumentOrder, after cursor: DocumentCursor?) -> [ScoredOrdinal] {
        if order == .best, cursor == nil { return top(limit) }
        guard limit > 0 else { return [] }
        guard let direction = order.score else { return byOrdinal(limit, order: order, after: cursor) }
        // One collector serves all orders: what is to come first is turned into greater scores and lower ordinals.
        let sign: Float = direction == .descending ? 1 : -1
        let mask: UInt32 = order.document == .ascending ? 0 : .max
        var collector = TopCollector(limit: limit)
        var rank = 0
        ordinals.forEach { ordinal in
            let document = ScoredOrdinal(ordinal: ordinal, score: score(at: rank))
            rank += 1
            if let cursor, !cursor.isBefore(document, in: order) { return }
            collector.insert(ScoredOrdinal(ordinal: ordinal ^ mask, score: sign * document.score))
        }
        return collector.sorted().map { ScoredOrdinal(ordinal: $0.ordinal ^ mask, score: sign * $0.score) }
    }

    private func byOrdinal(_ limit: Int, order: DocumentOrder, after cursor: DocumentCursor?) -> [ScoredOrdinal] {
        var found: [ScoredOrdinal] = []
        var rank = 0
        for ordinal in ordinals {
            let document = ScoredOrdinal(ordinal: ordinal, score: score(at: rank))
            rank += 1
            if let cursor, !cursor.isBefore(document, in: order) { continue }
            found.append(document)
            if order.document == .ascending {
                if found.count == limit { return found }
            } else if found.count / 2 >= limit {
                found.removeFirst(found.count - limit)
            }
        }
        return order.document == .ascending ? found : found.suffix(limit).reversed()
    }

    func score(at rank: Int) -> Float {
        switch scores {
        case .constant(let score): score
        case .each(let scores): scores[rank]
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
