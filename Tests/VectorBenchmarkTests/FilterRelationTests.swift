import Ordinals
import TestSupport
import Testing
import VectorIndex

@testable import VectorBenchmark

@Suite struct FilterRelationTests {
    @Test func acceptsTheNearestTheFarthestOrAny() throws {
        let folder = try TemporaryFolder()
        let base = VectorTable(madeUp: 200, columns: 8, seed: 1)
        let index = try VectorIndex(
            directory: folder.path, configuration: VectorIndexConfiguration(dimensions: 8, metric: .cosine))
        try index.append(rows: 200) { base.row($0) }
        try index.insert(Array(0..<200))
        let all = OrdinalSet(0..<200), query = base.row(3)
        func filter(_ relation: FilterRelation, _ count: Int, seed: Int = 0) throws -> OrdinalSet {
            try relation.filter(count, of: all, query: query, seed: seed, in: index)
        }
        let nearest = OrdinalSet(try index.exactSearch(query, k: 20, among: all).hits.map(\.ordinal))
        #expect(try filter(.correlated, 20) == nearest)
        #expect(try filter(.anticorrelated, 180) == all.subtracting(nearest))
        #expect(try filter(.independent, 50).count == 50)
        #expect(try filter(.independent, 50) != filter(.independent, 50, seed: 1))
        for relation in FilterRelation.allCases {
            #expect(try filter(relation, 0).isEmpty && filter(relation, 200) == all)
        }
    }
}
