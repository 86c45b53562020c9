import Testing

@testable import VectorIndex

@Suite struct VectorFunctionTests {
    @Test(arguments: [Metric.cosine, .euclidean, .maximumInnerProduct], VectorFunction.allCases)
    func equalsTheDefinition(metric: Metric, function: VectorFunction) throws {
        var generator = SeededGenerator(1)
        let vectors = generator.vectors(20, 19)
        let query = generator.vector(19)
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding(vectors, in: directory, metric: metric)
        let values = try index.evaluate(function, query, at: Array(0...20))
        #expect(values.last == .some(nil))
        for (value, vector) in zip(values, vectors) {
            let expected: Double =
                switch function {
                case .cosineSimilarity: BruteForce(.cosine).raw(query, vector)
                case .dotProduct: BruteForce(.dotProduct).raw(query, vector)
                case .l2Norm: BruteForce(.euclidean).raw(query, vector)
                case .l1Norm: zip(query, vector).reduce(0) { $0 + Double(abs($1.0 - $1.1)) }
                }
            #expect(abs(Double(try #require(value)) - expected) < 1e-4)
        }
    }

    @Test func zeroHasNoDirection() throws {
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding([[0, 0], [1, 0]], in: directory, metric: .euclidean)
        #expect(try index.evaluate(.cosineSimilarity, [2, 0], at: [0, 1]) == [0, 1])
        #expect(try index.evaluate(.l2Norm, [0, 0], at: [0, 1]) == [0, 1])
        #expect(throws: VectorIndexError.zeroMagnitude) { try index.evaluate(.cosineSimilarity, [0, 0], at: [0]) }
        #expect(throws: VectorIndexError.dimensionMismatch(expected: 2, actual: 1)) {
            try index.evaluate(.dotProduct, [1], at: [0])
        }
    }
}
