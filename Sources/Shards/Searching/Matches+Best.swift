internal import FieldIndex
internal import Ordinals
internal import Query

/// The best of what matches, in an order.
extension Matches {
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
}
