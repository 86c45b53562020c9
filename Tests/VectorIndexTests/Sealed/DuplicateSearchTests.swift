import CVectorKernels
import Ordinals
import Testing

@testable import VectorIndex

@Suite struct DuplicateSearchTests {
    @Test func firstsStandForOthers() throws {
        let directory = TemporaryDirectory()
        let configuration = try VectorIndexConfiguration(dimensions: 2, metric: .euclidean)
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        let vectors: [[Float]] = [[1, 2], [3, 4], [1, 2], [0, 0], [3, 4], [1, 2], [-0.0, 0], [5, 6]]
        try index.append(vectors.enumerated().map { (UInt32($0), $1) })
        func run(_ ordinals: OrdinalSet) -> (unique: [UInt32], duplicates: [[UInt32]]) {
            let (unique, duplicates) = DuplicateSearch(vectors: index.vectors, rows: index.vectors.rows).run(ordinals)
            return (unique, duplicates.map { [$0.node, $0.ordinal] })
        }
        let (unique, duplicates) = run(OrdinalSet(0..<8))
        // To the byte: a zero that is negative is another.
        #expect(unique == [0, 1, 3, 6, 7] && duplicates == [[0, 2], [0, 5], [1, 4]])
        let some = run([2, 3, 5, 7])
        #expect(some.unique == [2, 3, 7] && some.duplicates == [[0, 5]])
        #expect(run([]).unique.isEmpty)
    }
}
