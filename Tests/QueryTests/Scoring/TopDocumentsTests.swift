import Query
import Testing

struct TopDocumentsTests {
    private func scored(_ pairs: [(UInt32, Float)]) -> [ScoredOrdinal] {
        pairs.map { ScoredOrdinal(ordinal: $0.0, score: $0.1) }
    }

    @Test func shardsAreMerged() {
        let merged = TopDocuments.merge([scored([(5, 3), (1, 1)]), [], scored([(9, 2), (0, 1)])], limit: 3)
        #expect(
            merged == [
                ScoredDocument(shard: 0, ordinal: 5, score: 3), ScoredDocument(shard: 2, ordinal: 9, score: 2),
                ScoredDocument(shard: 0, ordinal: 1, score: 1),
            ])
    }

    @Test func equalsComeFromLowerShardsFirst() {
        let merged = TopDocuments.merge([scored([(7, 1), (8, 1)]), scored([(0, 1)])], limit: 10)
        #expect(merged.map(\.shard) == [0, 0, 1])
        #expect(TopDocuments.merge([], limit: 5).isEmpty)
        #expect(TopDocuments.merge([scored([(1, 1)])], limit: 0).isEmpty)
    }
}
