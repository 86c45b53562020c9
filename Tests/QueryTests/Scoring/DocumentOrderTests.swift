import Testing

@testable import Query

@Suite struct DocumentOrderTests {
    private func document(_ shard: Int, _ ordinal: UInt32, _ score: Float = 1) -> ScoredDocument {
        ScoredDocument(shard: shard, ordinal: ordinal, score: score)
    }

    private static let orders: [DocumentOrder] = [
        .best, DocumentOrder(score: .ascending), DocumentOrder(score: nil), DocumentOrder(score: nil, groupsShards: false),
        DocumentOrder(score: nil, document: .descending),
        DocumentOrder(score: nil, document: .descending, groupsShards: false),
    ]
    /// Of a: shard 0, ordinal 5, score 9; b: 0, 2, 3; c: 0, 7, 3; d: 1, 1, 3.
    private static let expected: [String] = ["abcd", "bcda", "bacd", "dbac", "dcab", "cabd"]

    @Test(arguments: zip(orders, expected))
    func sortsAndMerges(_ order: DocumentOrder, _ names: String) {
        let documents: [Character: ScoredDocument] = [
            "a": document(0, 5, 9), "b": document(0, 2, 3), "c": document(0, 7, 3), "d": document(1, 1, 3),
        ]
        let expected = names.compactMap { documents[$0] }
        #expect(documents.values.sorted(by: order.precedes) == expected)
        let shards = (0..<2).map { shard in
            expected.filter { $0.shard == shard }.map { ScoredOrdinal(ordinal: $0.ordinal, score: $0.score) }
        }
        #expect(TopDocuments.merge(shards, limit: 10, order: order) == expected)
        #expect(TopDocuments.merge(shards, limit: 2, order: order) == Array(expected.prefix(2)))
    }

    private static let places: [(DocumentOrder, DocumentCursor, [Bool])] = [
        (.best, DocumentCursor(score: 3, ordinal: 2), [false, true, true]),
        (.best, DocumentCursor(score: 3, ordinal: nil), [false, false, true]),
        (DocumentOrder(score: .ascending), DocumentCursor(score: 3, ordinal: 2), [false, true, false]),
        (DocumentOrder(score: nil), DocumentCursor(score: nil, ordinal: 5), [false, true, true]),
        (DocumentOrder(score: nil, document: .descending), DocumentCursor(score: nil, ordinal: 7), [true, false, false]),
    ]

    @Test(arguments: places)
    func cursors(_ order: DocumentOrder, _ cursor: DocumentCursor, _ expected: [Bool]) {
        let documents = [
            ScoredOrdinal(ordinal: 2, score: 3), ScoredOrdinal(ordinal: 7, score: 3), ScoredOrdinal(ordinal: 9, score: 1),
        ]
        #expect(documents.map { cursor.isBefore($0, in: order) } == expected)
    }
}
