import Query
import Testing

struct TopCollectorTests {
    @Test(arguments: [1, 2, 7, 50, 1000])
    func theBestAreKept(limit: Int) {
        var state: UInt64 = 42
        let documents = (0..<500 as Range<UInt32>).map { ordinal -> ScoredOrdinal in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return ScoredOrdinal(ordinal: ordinal, score: Float(state >> 60))
        }
        var collector = TopCollector(limit: limit)
        for document in documents { collector.insert(document) }
        let worst = limit > documents.count ? -.infinity : documents.map(\.score).sorted(by: >)[limit - 1]
        #expect(collector.floor == worst)
        #expect(collector.sorted() == Array(documents.sorted(by: ScoredOrdinal.precedes).prefix(limit)))
    }
}
