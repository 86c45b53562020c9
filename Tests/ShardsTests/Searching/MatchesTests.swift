import Ordinals
import Query
import TestSupport
import Testing
import VectorIndex

@testable import Shards

struct MatchesTests {
    private func scored(_ pairs: [(UInt32, Float)]) -> [ScoredOrdinal] {
        pairs.map { ScoredOrdinal(ordinal: $0.0, score: $0.1) }
    }

    @Test func sumsAgreeWithAdditionOneByOne() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<50 {
            let clauses = (0..<4).map { index -> Matches in
                let ordinals = OrdinalSet((0..<200 as Range<UInt32>).filter { _ in Bool.random(using: &generator) })
                if index % 2 == 0 { return Matches(ordinals, score: Float(index + 1)) }
                return Matches(ordinals, scores: .each(ordinals.map { Float($0) / 8 }))
            }
            let union = Matches.union(clauses)
            let sum = Matches.sum(clauses, over: union)
            #expect(sum.ordinals == union)
            guard case .each(let scores) = sum.scores else { continue }
            for (ordinal, score) in zip(union, scores) {
                let expected = clauses.enumerated().reduce(Float(0)) { total, clause in
                    guard clause.element.ordinals.contains(ordinal) else { return total }
                    return total + (clause.offset % 2 == 0 ? Float(clause.offset + 1) : Float(ordinal) / 8)
                }
                #expect(score == expected)
            }
        }
    }

    @Test func theBestComeFirstAndEqualsByOrdinal() {
        let matches = Matches(scored([(9, 1), (3, 2), (5, 1), (1, 0.5)]))
        #expect(matches.top(3) == scored([(3, 2), (5, 1), (9, 1)]))
        #expect(matches.top(0).isEmpty)
        #expect(Matches([4, 2, 7], score: 1).top(2) == scored([(2, 1), (4, 1)]))
    }

    @Test func lowScoresAreCut() {
        let matches = Matches(scored([(9, 1), (3, 2), (5, 1)])).scoring(atLeast: 1.5)
        #expect(matches.ordinals == [3])
        #expect(Matches([1], score: 1).scoring(atLeast: 2).ordinals.isEmpty)
        #expect(Matches([1], score: 1).boosted(by: 3).scoring(atLeast: 2).ordinals == [1])
    }
}
