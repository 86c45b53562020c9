import Ordinals
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct PartsSearchFilterTests {
    /// Where a filter accepts the farthest alone, hundreds are about as near as the tenth, and codes cannot tell them apart.
    @Test(arguments: [true, false], [3000, 300, 30])
    func theNearestOfTheFarthestAreFound(isSealed: Bool, accepted: Int) throws {
        var random = SeededGenerator(seed: 11)
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding(random.vectors(6000, 256), in: directory)
        if isSealed { try index.seal(threads: 2) }
        let all = OrdinalSet(0..<6000)
        var found = 0
        for _ in 0..<10 {
            let query = random.vector(256)
            let cosines = try index.values(.cosine, query, of: all)
            let filter = OrdinalSet(all.sorted { cosines[Int($0)] < cosines[Int($1)] }.prefix(accepted))
            let hits = try index.search(query, k: 10, candidates: 50, accepting: filter).hits
            let truth = try index.exactSearch(query, k: 10, among: filter).hits
            #expect(hits.count == 10 && hits == hits.sorted { $0.score > $1.score })
            found += Set(hits.map(\.ordinal)).intersection(truth.map(\.ordinal)).count
        }
        #expect(found >= 95)
    }

    /// Most of a sealed part is dead, and what replaced it has grown: each part is searched in its own way.
    @Test func deadVectorsCostNoRecall() throws {
        var random = SeededGenerator(seed: 12)
        let directory = TemporaryDirectory()
        let vectors = random.vectors(6000, 64)
        let index = try VectorIndex.holding(Array(vectors[..<4000]), in: directory)
        try index.seal(threads: 2)
        try index.append((4000..<6000).map { (UInt32($0), vectors[$0]) })
        try index.insert(Array(4000..<6000))
        let dead = OrdinalSet(0..<3400)
        try index.remove(dead)
        #expect(index.statistics.sealedCount == 600 && index.statistics.count == 2600)
        let live = OrdinalSet(3400..<6000)
        var found = 0
        for _ in 0..<20 {
            let query = random.vector(64)
            let hits = try index.search(query, k: 10, candidates: 100, accepting: live).hits
            let truth = try index.exactSearch(query, k: 10, among: live).hits
            found += Set(hits.map(\.ordinal)).intersection(truth.map(\.ordinal)).count
        }
        #expect(found >= 190)
    }
}
