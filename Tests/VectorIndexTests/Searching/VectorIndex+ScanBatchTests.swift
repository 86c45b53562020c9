import Ordinals
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct VectorIndexScanBatchTests {
    /// Dimensions with and without a rest after the kernels' steps.
    @Test(arguments: ElementTypeTests.cases, [8, 64, 72, 200])
    func equalsSingleSearches(_ element: (type: ElementType, metric: Metric), dimensions: Int) throws {
        var generator = SeededGenerator(seed: UInt64(dimensions))
        let configuration = try VectorIndexConfiguration(
            dimensions: dimensions, metric: element.metric, kind: .flat, elementType: element.type)
        let directory = TemporaryDirectory()
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        let vectors = ElementTypeTests.vectors(300, configuration, &generator)
        // Each third one stands there twice.
        let all = vectors + stride(from: 0, to: 300, by: 3).map { vectors[$0] }
        try index.append(all.enumerated().map { (UInt32($0), $1) })
        try index.insert(Array(0..<UInt32(all.count)))
        try index.remove([5, 77])
        let queries = ElementTypeTests.vectors(10, configuration, &generator) + [vectors[0], vectors[3], vectors[299]]
        let sets = [
            OrdinalSet(0..<1000), OrdinalSet(stride(from: 1, to: 400, by: 7).map { UInt32($0) }), [5, 200], [399], [5, 77, 900], [],
        ]
        for (number, set) in sets.enumerated() {
            for k in [1, 10, 1000] {
                let single = try queries.map { try index.exactSearch($0, k: k, among: set) }
                let count = number == 0 ? queries.count : 1 + (k + number) % queries.count
                for threads in [1, 2, 3] {
                    let found = try index.exactSearch(Array(queries.prefix(count)), k: k, among: set, threads: threads)
                    #expect(found == Array(single.prefix(count)), "\(number) \(k) \(threads)")
                }
            }
        }
    }

    /// Rows so long that few make a batch.
    @Test func longRows() throws {
        var generator = SeededGenerator(seed: 1)
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding(generator.vectors(50, 4096), in: directory, kind: .flat)
        let queries = generator.vectors(5, 4096)
        let found = try index.exactSearch(queries, k: 7, among: OrdinalSet(0..<50))
        #expect(found == (try queries.map { try index.exactSearch($0, k: 7, among: OrdinalSet(0..<50)) }))
    }

    @Test(arguments: 0...9, [0, 1, 4])
    func anyNumberOfQueriesAndThreads(count: Int, threads: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding(generator.vectors(129, 19), in: directory, metric: .euclidean, kind: .flat)
        let queries = generator.vectors(count, 19)
        let found = try index.exactSearch(queries, k: 4, among: OrdinalSet(0..<129), threads: threads)
        #expect(found.count == count)
        #expect(found == (try queries.map { try index.exactSearch($0, k: 4, among: OrdinalSet(0..<129)) }))
    }

    @Test func whatASingleSearchRefusesIsRefused() throws {
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding([[1, 2], [3, 4]], in: directory, kind: .flat)
        let cases: [([[Float]], Int, VectorIndexError)] = [
            ([[1, 1], [1, 1, 1]], 1, .dimensionMismatch(expected: 2, actual: 3)), ([[1, 1], [0, 0], [1]], 1, .zeroMagnitude),
            ([[1, .nan]], 1, .notFinite(position: 1)),
            ([], 0, .invalidConfiguration(parameter: .k, value: 0, allowed: 1...Int.max)),
        ]
        for (queries, k, error) in cases {
            #expect(throws: error) { try index.exactSearch(queries, k: k, among: [0, 1], threads: 2) }
            #expect(throws: error) { try index.exactSearch(queries, k: k, among: []) }
        }
    }
}
