import Ordinals
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct VectorIndexSearchTests {
    /// Unit vectors, so that every metric takes them.
    static func unitVectors(_ count: Int, _ dimensions: Int, seed: UInt64) -> [[Float]] {
        var generator = SeededGenerator(seed: seed)
        return generator.vectors(count, dimensions).map { vector in
            let scale = 1 / vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return vector.map { $0 * scale }
        }
    }

    @Test(arguments: Metric.allCases, [VectorIndexConfiguration.Kind.hnsw(m: 8, efConstruction: 60), .flat])
    func equalsBruteForce(metric: Metric, kind: VectorIndexConfiguration.Kind) throws {
        let vectors = Self.unitVectors(300, 13, seed: 1)
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding(vectors, in: directory, metric: metric, kind: kind)
        let twin = BruteForce(metric, vectors)
        let accepting = OrdinalSet(0..<300).subtracting(OrdinalSet(100..<110))
        for query in Self.unitVectors(10, 13, seed: 2) {
            let expected = twin.search(query, k: 10, accepting: accepting)
            let exact = try index.exactSearch(query, k: 10, among: accepting)
            #expect(exact.hits.map(\.ordinal) == expected.map(\.ordinal))
            #expect(exact.strategy == .exact && exact.visited == 290)
            for (hit, truth) in zip(exact.hits, expected) {
                #expect(abs(Double(hit.raw) - truth.raw) < 1e-5)
                #expect(hit.score == metric.score(raw: hit.raw))
            }
            let found = try index.search(query, k: 10, candidates: 300, accepting: accepting)
            #expect(found.hits.map(\.ordinal) == expected.map(\.ordinal))
            #expect(try index.score(query, ordinals: [3, 999, 4]).map { $0?.ordinal } == [3, nil, 4])
        }
    }

    @Test(arguments: Metric.allCases)
    func recallFloor(metric: Metric) throws {
        let vectors = Self.unitVectors(4000, 16, seed: 3)
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding(vectors, in: directory, metric: metric)
        let all = OrdinalSet(0..<4000)
        let queries = Self.unitVectors(100, 16, seed: 4)
        #expect(try index.search(queries[0], k: 10, candidates: 50, accepting: all).strategy == .graph)
        #expect(try recall(index, queries, k: 10, candidates: 50, accepting: all) >= 0.95)
    }

    /// Tight clusters far apart: only a diverse choice of links leads from one to the next.
    @Test func recallFloorOfClusters() throws {
        let clusters = 100
        var generator = SeededGenerator(seed: 11)
        let centres = generator.vectors(clusters, 12)
        func near(_ index: Int) -> [Float] {
            centres[index % clusters].map { $0 + Float.random(in: -0.02...0.02, using: &generator) }
        }
        let vectors = (0..<3000).map(near)
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding(vectors, in: directory, kind: .hnsw(m: 8, efConstruction: 100))
        let all = OrdinalSet(0..<3000)
        #expect(try recall(index, (0..<clusters).map(near), k: 10, candidates: 60, accepting: all) >= 0.95)
    }

    /// Longer vectors attract most queries under this metric, which leaves the graph lopsided.
    @Test func recallFloorOfInnerProductsOfAnyLength() throws {
        var generator = SeededGenerator(seed: 5)
        let vectors = generator.vectors(3000, 16)
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding(vectors, in: directory, metric: .maximumInnerProduct)
        let all = OrdinalSet(0..<3000)
        #expect(try recall(index, generator.vectors(50, 16), k: 10, candidates: 100, accepting: all) >= 0.95)
    }

    /// At the wider shares the graph is walked, at the narrower ones all that is accepted is compared.
    @Test(arguments: [
        (1, .graph), (0.8, .graph), (0.5, .graph), (0.1, .exact), (0.01, .exact), (0.001, .exact), (0, .exact),
    ] as [(Double, VectorSearchResult.Strategy)])
    func recallFloorUnderFilters(share: Double, strategy: VectorSearchResult.Strategy) throws {
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding(Self.unitVectors(5000, 12, seed: 6), in: directory)
        var generator = SeededGenerator(seed: 7)
        let passing = (0..<UInt32(5000)).filter { _ in Double.random(in: 0..<1, using: &generator) < share }
        let accepting = OrdinalSet(passing)
        let queries = Self.unitVectors(50, 12, seed: 8)
        #expect(try recall(index, queries, k: 10, candidates: 25, accepting: accepting) >= 0.95)
        for query in queries {
            let result = try index.search(query, k: 10, candidates: 25, accepting: accepting)
            #expect(result.strategy == strategy)
            #expect(result.hits.allSatisfy { accepting.contains($0.ordinal) })
            #expect(result.hits.count == min(10, accepting.count))
            // The walk must go on until enough are found that pass, and no further.
            if strategy == .graph { #expect(result.visited < accepting.count) }
        }
    }

    /// Only what is near the query passes: a walk finds it at once. Only what is far passes: a walk would drown among
    /// the refused, and gives up.
    @Test(arguments: [(true, .graph), (false, .codes)] as [(Bool, VectorSearchResult.Strategy)])
    func recallFloorUnderCorrelatedFilters(near: Bool, strategy: VectorSearchResult.Strategy) throws {
        let count = 12_000
        let vectors = Self.unitVectors(count, 12, seed: 9)
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding(vectors, in: directory)
        var found = 0
        for query in Self.unitVectors(20, 12, seed: 10) {
            let ranked = try index.exactSearch(query, k: count, among: OrdinalSet(0..<UInt32(count))).hits.map(\.ordinal)
            let accepting = OrdinalSet(near ? ranked.prefix(count / 2) : ranked.suffix(count / 2))
            let result = try index.search(query, k: 10, candidates: 25, accepting: accepting)
            #expect(result.strategy == strategy)
            #expect(result.visited <= 2 * accepting.count)
            found += Set(result.hits.map(\.ordinal)).intersection(near ? ranked[..<10] : ranked[(count / 2)..<(count / 2 + 10)]).count
        }
        #expect(Double(found) / 200 >= 0.95)
    }

    @Test func similarityCutsOff() throws {
        let directory = TemporaryDirectory()
        let vectors: [[Float]] = [
            [-0.5, 100, -13, 14.8, -156], [0.5, 111.3, -13, 14.8, -156], [230, 300.33, -34.8988, 15.555, -200],
        ]
        let index = try VectorIndex.holding(vectors, in: directory, metric: .euclidean)
        let all = OrdinalSet(0..<3)
        let query: [Float] = [-0.5, 90, -10, 14.8, -156]
        #expect(try index.search(query, k: 3, candidates: 3, accepting: all).hits.map(\.ordinal) == [0, 1, 2])
        #expect(try index.search(query, k: 3, candidates: 3, accepting: all, similarity: 11).hits.map(\.ordinal) == [0])
        #expect(try index.exactSearch(query, k: 3, among: all, similarity: 5).hits.isEmpty)
    }

    @Test func refusesNumbersBelowOne() throws {
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding([[1, 2]], in: directory)
        #expect(throws: VectorIndexError.invalidConfiguration(parameter: .k, value: 0, allowed: 1...Int.max)) {
            try index.search([1, 2], k: 0, candidates: 1, accepting: [0])
        }
        let error = VectorIndexError.invalidConfiguration(parameter: .candidates, value: -1, allowed: 1...Int.max)
        #expect(throws: error) {
            try index.search([1, 2], k: 1, candidates: -1, accepting: [0])
        }
    }

    @Test(arguments: [VectorIndexConfiguration.Kind.hnsw(), .flat])
    func emptyAndSingle(kind: VectorIndexConfiguration.Kind) throws {
        let directory = TemporaryDirectory()
        let index = try VectorIndex(
            directory: directory.path,
            configuration: VectorIndexConfiguration(dimensions: 2, metric: .cosine, kind: kind))
        let some = OrdinalSet(0..<100)
        #expect(try index.search([1, 0], k: 5, candidates: 5, accepting: some).hits.isEmpty)
        try index.append(ordinal: 70, vector: [0, 2])
        #expect(try index.search([1, 0], k: 5, candidates: 5, accepting: some).hits.isEmpty)
        try index.insert([70])
        let hits = try index.search([0, 1], k: 5, candidates: 5, accepting: some).hits
        #expect(hits.map(\.ordinal) == [70] && hits.map(\.score) == [1])
        #expect(try index.search([0, 1], k: 5, candidates: 5, accepting: []).hits.isEmpty)
        #expect(try index.search([0, 1], k: .max, candidates: 5, accepting: [70, 5_000_000]).hits.count == 1)
    }
}
