import Query
import TestSupport
import Testing

struct RankFusionTests {
    private func child(weight: Float = 1, _ normalizer: ScoreNormalizer = .none) -> FusedRetriever.Child {
        .init(Retriever(.standard(StandardRetriever())), weight: weight, normalizer: normalizer)
    }

    /// Lists with documents in common, best first.
    private func lists(_ count: Int, _ generator: inout SeededGenerator) -> [[ScoredDocument]] {
        (0..<count).map { _ in
            var documents: [ScoredDocument] = []
            for shard in 0..<3 {
                for ordinal in 0..<20 where Bool.random(using: &generator) {
                    let score = Float(Int.random(in: 0...12, using: &generator)) / 4
                    documents.append(ScoredDocument(shard: shard, ordinal: UInt32(ordinal), score: score))
                }
            }
            return documents.sorted(by: DocumentOrder.best.precedes)
        }
    }

    /// The definition, for one document after the other.
    private func expected(_ fused: FusedRetriever, _ lists: [[ScoredDocument]]) -> [ScoredDocument] {
        var found: [ScoredDocument] = []
        for shard in 0..<3 {
            for ordinal in 0..<UInt32(20) {
                var score: Float = 0
                var isFound = false
                for (child, list) in zip(fused.children, lists) {
                    guard let place = list.firstIndex(where: { $0.shard == shard && $0.ordinal == ordinal }) else { continue }
                    isFound = true
                    switch fused.method {
                    case .rrf(let constant): score += child.weight * (1 / Float(constant + place + 1))
                    case .linear:
                        let scores = list.map(\.score)
                        let value = scores[place]
                        switch child.normalizer {
                        case .none: score += child.weight * value
                        case .minmax:
                            let low = scores.min() ?? 0, high = scores.max() ?? 0
                            score += child.weight * (high - low < 1e-6 ? 1 : (value - low) / (high - low))
                        case .euclidean:
                            let norm = scores.map { Double($0 * $0) }.reduce(0, +).squareRoot()
                            score += child.weight * (norm < 1e-6 ? value : Float(Double(value) / norm))
                        }
                    }
                }
                if isFound { found.append(ScoredDocument(shard: shard, ordinal: ordinal, score: score)) }
            }
        }
        let ranked = found.sorted { ($1.score, $0.shard, $0.ordinal) < ($0.score, $1.shard, $1.ordinal) }
        return Array(ranked.prefix(fused.window))
    }

    @Test(arguments: 0..<20)
    func fusionIsItsDefinition(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for window in [1, 10, 100] {
            for count in 1...3 {
                let lists = lists(count, &generator)
                let weights = (0..<count).map { _ in Float(Int.random(in: 0...6, using: &generator)) / 2 }
                for method in [FusedRetriever.Method.rrf(constant: 60), .rrf(constant: 1), .linear] {
                    for normalizer in ScoreNormalizer.allCases {
                        let fused = FusedRetriever(
                            method, children: weights.map { child(weight: $0, normalizer) }, window: window)
                        #expect(fused.fused(lists) == expected(fused, lists))
                    }
                }
            }
        }
    }

    @Test func nothingIsFusedOfNothing() {
        #expect(FusedRetriever(.linear, children: [child(.minmax), child()]).fused([[], []]).isEmpty)
        #expect(FusedRetriever(.rrf(constant: 60), children: []).fused([]).isEmpty)
    }

    @Test func scoresThatAreAlikeAreAllBest() {
        #expect(ScoreNormalizer.minmax.normalized([3]) == [1])
        #expect(ScoreNormalizer.minmax.normalized([3, 3]) == [1, 1])
        #expect(ScoreNormalizer.minmax.normalized([10, 9, 5]) == [1, 0.8, 0])
        #expect(ScoreNormalizer.euclidean.normalized([3, 4]) == [0.6, 0.8])
        #expect(ScoreNormalizer.euclidean.normalized([0, 0]) == [0, 0])
        for normalizer in ScoreNormalizer.allCases { #expect(normalizer.normalized([]) == []) }
    }
}
