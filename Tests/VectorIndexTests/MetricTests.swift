import Testing

@testable import VectorIndex

@Suite struct MetricTests {
    @Test(arguments: [
        (Metric.cosine, 1, 1), (.cosine, 0, 0.5), (.cosine, -1, 0),
        (.dotProduct, 0.5, 0.75), (.dotProduct, -1.0005, 0),
        (.euclidean, 0, 1), (.euclidean, 2, 0.2),
        (.maximumInnerProduct, 3, 4), (.maximumInnerProduct, 0, 1), (.maximumInnerProduct, -3, 0.25),
    ] as [(Metric, Float, Float)])
    func scores(metric: Metric, raw: Float, score: Float) {
        #expect(metric.score(raw: raw) == score)
    }

    @Test func similarityIsAMaximumForDistancesOnly() {
        #expect(Metric.euclidean.passes(raw: 10.44, similarity: 11))
        #expect(!Metric.euclidean.passes(raw: 21.53, similarity: 11))
        for metric in [Metric.cosine, .dotProduct, .maximumInnerProduct] {
            #expect(metric.passes(raw: 0.5, similarity: 0.5))
            #expect(!metric.passes(raw: 0.4, similarity: 0.5))
        }
    }
}
