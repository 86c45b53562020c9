import Ordinals
import Testing

@testable import VectorIndex

@Suite struct VectorValidationTests {
    static func configuration(_ metric: Metric) throws -> VectorIndexConfiguration {
        try VectorIndexConfiguration(dimensions: 3, metric: metric)
    }

    @Test(arguments: [
        (Metric.cosine, [1, 2], .dimensionMismatch(expected: 3, actual: 2)),
        (.euclidean, [1, .nan, 2], .notFinite(position: 1)),
        (.maximumInnerProduct, [1, 2, -.infinity], .notFinite(position: 2)),
        (.cosine, [0, 0, 0], .zeroMagnitude),
        (.dotProduct, [2, 0, 0], .notUnitLength(squaredMagnitude: 4)),
    ] as [(Metric, [Float], VectorIndexError)])
    func refuses(metric: Metric, vector: [Float], error: VectorIndexError) throws {
        let configuration = try Self.configuration(metric)
        #expect(throws: error) { try configuration.validate(vector) }
        let directory = TemporaryDirectory()
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        #expect(throws: error) { try index.append(ordinal: 0, vector: vector) }
        #expect(throws: error) { try index.search(vector, k: 1, candidates: 1, accepting: []) }
        #expect(throws: error) { try index.exactSearch(vector, k: 1, among: []) }
        #expect(try index.vector(at: 0) == nil)
    }

    @Test(arguments: [
        (Metric.cosine, [3, 0, 4], 5), (.euclidean, [0, 0, 0], 0), (.dotProduct, [0.6, 0, 0.8001], 1.00008),
        (.maximumInnerProduct, [0, 0, 9], 9), (.cosine, [3e30, 0, 4e30], 5e30),
    ] as [(Metric, [Float], Float)])
    func acceptsAndMeasures(metric: Metric, vector: [Float], magnitude: Float) throws {
        #expect(abs(try Self.configuration(metric).validate(vector) - magnitude) <= magnitude * 1e-6)
    }
}
