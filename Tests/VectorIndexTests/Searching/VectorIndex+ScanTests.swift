import Ordinals
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct VectorIndexScanTests {
    @Test(arguments: ElementTypeTests.cases, VectorFunction.allCases)
    func functionsDoNotDependOnTheMetric(_ element: (type: ElementType, metric: Metric), function: VectorFunction) throws {
        var generator = SeededGenerator(seed: 5)
        let configuration = try VectorIndexConfiguration(
            dimensions: 48, metric: element.metric, kind: .flat, elementType: element.type)
        let directory = TemporaryDirectory()
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        let vectors = ElementTypeTests.vectors(100, configuration, &generator)
        try index.append(vectors.enumerated().map { (UInt32($0), $1) })
        try index.insert(Array(0..<100))
        let query = ElementTypeTests.vectors(1, configuration, &generator)[0]
        let ordinals = OrdinalSet([0, 1, 2, 5, 63, 64, 99])
        if element.type == .bit, function == .cosine {
            #expect(throws: VectorIndexError.unsupportedMetric(.cosine, .bit)) {
                try index.values(function, query, of: ordinals)
            }
            return
        }
        if !element.type.isIntegral, function == .hamming {
            #expect(throws: VectorIndexError.unsupportedFunction(.hamming, element.type)) {
                try index.values(function, query, of: ordinals)
            }
            return
        }
        let values = try index.values(function, query, of: ordinals)
        #expect(values.count == ordinals.count)
        for (value, ordinal) in zip(values, ordinals) {
            let vector = element.type == .bfloat16 ? vectors[Int(ordinal)].map(BFloat16.rounded) : vectors[Int(ordinal)]
            let expected: Double =
                switch (element.type, function) {
                case (.bit, .dotProduct): Double(zip(query, vector).reduce(0) { $0 + (Int8($1.0) & Int8($1.1)).nonzeroBitCount })
                case (.bit, .euclideanDistance): ElementTypeTests.raw(query, vector, configuration).squareRoot()
                case (.bit, _): ElementTypeTests.raw(query, vector, configuration)
                case (_, .hamming): Double(zip(query, vector).reduce(0) { $0 + (Int8($1.0) ^ Int8($1.1)).nonzeroBitCount })
                case (_, .manhattanDistance): zip(query, vector).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) }
                case (_, .cosine): BruteForce(.cosine).raw(query, vector)
                case (_, .dotProduct): BruteForce(.dotProduct).raw(query, vector)
                case (_, .euclideanDistance): BruteForce(.euclidean).raw(query, vector)
                }
            #expect(abs(Double(value) - expected) <= 1e-5 * max(1, abs(expected)))
        }
    }

    @Test func whatIsMissingOrHasNoDirectionIsAnError() throws {
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding([[1, 2], [0, 0], [3, 4]], in: directory, metric: .euclidean, kind: .flat)
        #expect(throws: VectorIndexError.missingVector(ordinal: 7)) { try index.values(.dotProduct, [1, 1], of: [0, 7]) }
        #expect(throws: VectorIndexError.zeroMagnitude) { try index.values(.cosine, [1, 1], of: [0, 1]) }
        #expect(throws: VectorIndexError.zeroMagnitude) { try index.values(.cosine, [0, 0], of: [0]) }
        #expect(throws: VectorIndexError.dimensionMismatch(expected: 2, actual: 3)) {
            try index.values(.dotProduct, [1, 1, 1], of: [0])
        }
        #expect(try index.values(.dotProduct, [1, 1], of: [0, 2]) == [3, 7])
        #expect(try index.values(.dotProduct, [1, 1], of: []).isEmpty)
    }

    /// Rows that follow one another and rows that stand alone go different ways.
    @Test(arguments: [1, 2, 3, 64, 1000])
    func theNearestOfAnySet(step: UInt32) throws {
        var generator = SeededGenerator(seed: UInt64(step))
        let directory = TemporaryDirectory()
        let vectors = generator.vectors(3000, 6)
        let index = try VectorIndex.holding(vectors, in: directory, metric: .euclidean, kind: .flat)
        let ordinals = OrdinalSet(stride(from: 0, to: 3000, by: Int(step)).map { UInt32($0) })
        let query = generator.vector(6)
        for k in [1, 10, 5000] {
            let found = try index.exactSearch(query, k: k, among: ordinals)
            let expected = BruteForce(.euclidean, vectors).search(query, k: k, accepting: ordinals)
            #expect(found.hits.map(\.ordinal) == expected.map(\.ordinal))
            #expect(found.visited == ordinals.count && found.strategy == .exact)
        }
    }

    @Test func equalsComeByOrdinal() throws {
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding(
            Array(repeating: [1, 0], count: 50) + Array(repeating: [2, 0], count: 50), in: directory, metric: .euclidean,
            kind: .flat)
        let found = try index.exactSearch([2, 0], k: 60, among: OrdinalSet(0..<100)).hits.map(\.ordinal)
        #expect(found == Array(50..<100) + Array(0..<10))
    }
}
