import Ordinals
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct VectorIndexCheckpointTests {
    @Test(arguments: [VectorIndexConfiguration.Kind.hnsw(m: 8, efConstruction: 50), .flat])
    func reopensAsItWas(kind: VectorIndexConfiguration.Kind) throws {
        var generator = SeededGenerator(seed: 1)
        let vectors = generator.vectors(800, 9) + Array(repeating: [Float](repeating: 1, count: 9), count: 20)
        let queries = generator.vectors(20, 9)
        let all = OrdinalSet(0..<820)
        let directory = TemporaryDirectory()
        let before: [VectorSearchResult]
        let statistics: VectorIndexStatistics
        let configuration: VectorIndexConfiguration
        do {
            let index = try VectorIndex.holding(vectors, in: directory, kind: kind)
            try index.remove([17])
            try index.checkpoint()
            before = try queries.map { try index.search($0, k: 10, candidates: 12, accepting: all) }
            statistics = index.statistics
            configuration = index.configuration
        }
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        #expect(index.members == all.subtracting([17]))
        #expect(index.statistics == statistics)
        #expect(try queries.map { try index.search($0, k: 10, candidates: 12, accepting: all) } == before)
        // What came after the checkpoint is inserted again.
        try index.append(ordinal: 900, vector: queries[0])
        try index.insert([0, 900])
        #expect(try index.search(queries[0], k: 1, candidates: 10, accepting: [900]).hits.map(\.ordinal) == [900])
    }

    @Test func withoutACheckpointTheVectorsRemain() throws {
        var generator = SeededGenerator(seed: 2)
        let vectors = generator.vectors(50, 6)
        let directory = TemporaryDirectory()
        let configuration = try VectorIndex.holding(vectors, in: directory, metric: .euclidean).configuration
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        #expect(index.members.isEmpty)
        try index.insert(Array(0..<50), threads: 2)
        #expect(try (0..<50).map { try index.vector(at: $0) } == vectors)
        #expect(try index.search(vectors[9], k: 1, candidates: 9, accepting: OrdinalSet(0..<50)).hits[0].ordinal == 9)
    }

    @Test func aDamagedGraphIsRebuilt() throws {
        var generator = SeededGenerator(seed: 3)
        let vectors = generator.vectors(300, 6)
        let directory = TemporaryDirectory()
        let path = VectorIndex.graphPath(in: directory.path)
        let configuration: VectorIndexConfiguration
        do {
            let index = try VectorIndex.holding(vectors, in: directory)
            try index.checkpoint()
            configuration = index.configuration
        }
        try flipBit(1000, of: path)
        #expect(throws: VectorIndexError.damagedFile(path: path, .checksumMismatch)) {
            try VectorIndex(directory: directory.path, configuration: configuration)
        }
        let index = try VectorIndex(directory: directory.path, configuration: configuration, opening: .discardingGraphs)
        #expect(index.members.isEmpty)
        try index.insert(Array(0..<300), threads: 2)
        try index.checkpoint()
        let reopened = try VectorIndex(directory: directory.path, configuration: configuration)
        #expect(reopened.members == OrdinalSet(0..<300))
    }

    @Test func changesSinceTheCheckpointAreCounted() throws {
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding([[1, 0], [0, 1], [1, 1]], in: directory)
        #expect(index.changesSinceCheckpoint == 3)
        try index.insert([0, 1])
        #expect(index.changesSinceCheckpoint == 3)
        try index.checkpoint()
        #expect(index.changesSinceCheckpoint == 0)
        try index.remove([1, 7])
        #expect(index.changesSinceCheckpoint == 1)
        try index.checkpoint()
        let reopened = try VectorIndex(directory: directory.path, configuration: index.configuration)
        #expect(reopened.changesSinceCheckpoint == 0)
        #expect(reopened.members == [0, 2])
    }

    @Test func configurationsMustAgree() throws {
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding([[1, 0], [0, 1]], in: directory)
        try index.checkpoint()
        let vectorsPath = VectorIndex.vectorsPath(in: directory.path)
        let graphPath = VectorIndex.graphPath(in: directory.path)
        let others: [(VectorIndexConfiguration, String)] = [
            (try VectorIndexConfiguration(dimensions: 3, metric: .cosine), vectorsPath),
            (try VectorIndexConfiguration(dimensions: 2, metric: .euclidean), vectorsPath),
            (try VectorIndexConfiguration(dimensions: 2, metric: .cosine, kind: .hnsw(m: 4)), graphPath),
            (try VectorIndexConfiguration(dimensions: 2, metric: .cosine, kind: .flat), graphPath),
        ]
        for (configuration, path) in others {
            #expect(throws: VectorIndexError.configurationMismatch(path: path)) {
                try VectorIndex(directory: directory.path, configuration: configuration)
            }
        }
    }
}
