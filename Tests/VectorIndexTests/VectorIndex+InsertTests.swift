import Ordinals
import Synchronization
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct VectorIndexInsertTests {
    @Test func missingVectorsAreNamed() throws {
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding([[1, 0], [0, 1]], in: directory)
        #expect(throws: VectorIndexError.missingVector(ordinal: 2)) { try index.insert([2]) }
        #expect(throws: VectorIndexError.missingVector(ordinal: 99_999)) { try index.insert([99_999, 0], threads: 2) }
        #expect(index.statistics.count == 2)
    }

    @Test func insertingAgainChangesNothing() throws {
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding([[1, 0], [0, 1], [1, 1]], in: directory)
        try index.insert([0, 1, 2, 0])
        #expect(index.statistics.count == 3)
    }

    @Test(arguments: [1, 2]) func ordinalsMayBeSparse(threads: Int) throws {
        let directory = TemporaryDirectory()
        var generator = SeededGenerator(seed: 1)
        let index = try VectorIndex(
            directory: directory.path, configuration: VectorIndexConfiguration(dimensions: 4, metric: .euclidean))
        let ordinals = (0..<200).map { UInt32($0 * (threads == 1 ? 331 : 8009) + 7) }
        let vectors = generator.vectors(200, 4)
        try index.append(Array(zip(ordinals, vectors)))
        try index.insert(ordinals.shuffled(using: &generator), threads: threads)
        for (ordinal, vector) in zip(ordinals, vectors) {
            let hit = try index.search(vector, k: 1, candidates: 20, accepting: OrdinalSet(ordinals)).hits.first
            #expect(hit?.ordinal == ordinal && hit?.score == 1)
            #expect(try index.vector(at: ordinal) == vector)
        }
        #expect(try index.vector(at: 0) == nil)
    }

    /// Others hang from the first of identical vectors: it goes without them, over a restart too, and may come back.
    @Test func theFirstOfIdenticalVectorsIsRemoved() throws {
        var generator = SeededGenerator(seed: 5)
        let directory = TemporaryDirectory()
        var index = try VectorIndex.holding(
            generator.vectors(40, 4) + Array(repeating: [1, 2, 3, 4], count: 3), in: directory, threads: 1)
        let all = OrdinalSet(0..<43)
        func found() throws -> Set<UInt32> {
            Set(try index.search([1, 2, 3, 4], k: 43, candidates: 43, accepting: all).hits.map(\.ordinal))
        }
        #expect(index.statistics.duplicates == 2)
        try index.remove([40])
        #expect(index.members == all.subtracting([40]) && index.statistics.count == 42 && !index.contains(40))
        #expect(try found() == Set(all.subtracting([40])))
        try index.checkpoint()
        index = try VectorIndex(directory: directory.path, configuration: index.configuration)
        #expect(index.members == all.subtracting([40]) && index.statistics.duplicates == 2)
        #expect(try found() == Set(all.subtracting([40])))
        try index.insert([40])
        #expect(try index.members == all && found() == Set(all))
        try index.remove([40, 41])
        try index.remove([42])
        #expect(try index.members == OrdinalSet(0..<40) && found() == Set(0..<40))
        #expect(index.statistics.duplicates == 0)
    }

    /// Thousands of identical vectors share one place: they neither crowd out the others nor one another.
    @Test func identicalVectors() throws {
        var generator = SeededGenerator(seed: 2)
        let dimensions = 12
        let distinct = generator.vectors(1500, dimensions)
        let repeated = generator.vector(dimensions)
        let vectors = (distinct + Array(repeating: repeated, count: 3000)).shuffled(using: &generator)
        let directory = TemporaryDirectory()
        let index = try VectorIndex(
            directory: directory.path, configuration: VectorIndexConfiguration(dimensions: dimensions, metric: .cosine))
        try index.append(vectors.enumerated().map { (UInt32($0), $1) })
        // Two that are inserted at the same moment do not see each other: one goes first.
        try index.insert([UInt32(try #require(vectors.firstIndex(of: repeated)))])
        try index.insert(Array(0..<4500), threads: 2)
        #expect(index.statistics.duplicates == 2999)
        #expect(index.statistics.count == 4500)

        let copies = OrdinalSet((0..<UInt32(4500)).filter { vectors[Int($0)] == repeated })
        let all = OrdinalSet(0..<4500)
        let atCopies = try index.search(repeated, k: 100, candidates: 100, accepting: all)
        #expect(atCopies.hits.count == 100 && atCopies.hits.allSatisfy { copies.contains($0.ordinal) })
        let one = OrdinalSet([copies.last!])
        #expect(try index.search(repeated, k: 10, candidates: 100, accepting: one).hits.map(\.ordinal) == Array(one))

        let others = all.subtracting(copies)
        #expect(try recall(index, generator.vectors(50, dimensions), k: 10, candidates: 60, accepting: others) >= 0.95)
        let survivors = others.union(one)
        let hits = try index.search(repeated, k: 5, candidates: 60, accepting: survivors).hits
        #expect(hits.first?.ordinal == copies.last)
    }

    @Test func nothingButIdenticalVectors() throws {
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding(Array(repeating: [1, 2, 3], count: 2000), in: directory)
        let hits = try index.search([1, 2, 3], k: 2000, candidates: 2000, accepting: OrdinalSet(0..<2000)).hits
        #expect(Set(hits.map(\.ordinal)).count == 2000)
    }

    @Test func searchesRunBesideInsertions() throws {
        let dimensions = 8
        var generator = SeededGenerator(seed: 3)
        let vectors = generator.vectors(3000, dimensions)
        let queries = generator.vectors(40, dimensions)
        let directory = TemporaryDirectory()
        let index = try VectorIndex(
            directory: directory.path,
            configuration: VectorIndexConfiguration(
                dimensions: dimensions, metric: .cosine, kind: .hnsw(m: 8, efConstruction: 40)))
        let all = OrdinalSet(0..<3000)
        let finished = Atomic(false)
        let failures = Mutex<[String]>([])
        @Sendable func attempt(_ body: () throws -> Void) {
            do { try body() } catch { failures.withLock { $0.append("\(error)") } }
        }
        concurrently(4) { worker in
            if worker == 0 {
                attempt {
                    for start in stride(from: 0, to: 3000, by: 100) {
                        try index.append((start..<start + 100).map { (UInt32($0), vectors[$0]) })
                        try index.insert((start..<start + 100).map { UInt32($0) }, threads: 2)
                        if start % 1000 == 0 { try index.checkpoint() }
                    }
                }
                finished.store(true, ordering: .releasing)
            } else {
                while !finished.load(ordering: .acquiring) {
                    attempt {
                        for query in queries {
                            let hits = try index.search(query, k: 5, candidates: 20, accepting: all).hits
                            if hits.contains(where: { !($0.score >= 0 && $0.score <= 1) }) {
                                failures.withLock { $0.append("a score that no vector has") }
                            }
                        }
                    }
                }
            }
        }
        #expect(failures.withLock { $0 } == [])
        #expect(index.statistics.count == 3000)
        #expect(try recall(index, queries, k: 10, candidates: 60, accepting: all) >= 0.95)
    }

    @Test func removalMendsTheGraph() throws {
        let dimensions = 10
        var generator = SeededGenerator(seed: 4)
        let vectors = generator.vectors(3000, dimensions)
        let directory = TemporaryDirectory()
        let index = try VectorIndex.holding(vectors, in: directory)
        let queries = generator.vectors(50, dimensions)
        var live = OrdinalSet(0..<3000)
        for round in 0..<4 {
            let dead = OrdinalSet(live.shuffled(using: &generator).prefix(600))
            live.subtract(dead)
            try index.remove(dead)
            #expect(index.statistics.count == live.count)
            #expect(dead.allSatisfy { !index.contains($0) })
            #expect(try recall(index, queries, k: 10, candidates: 60, accepting: live) >= 0.95, "round \(round)")
            // The dead are not even candidates any more.
            let hits = try index.search(queries[0], k: 3000, candidates: 3000, accepting: OrdinalSet(0..<3000)).hits
            #expect(hits.allSatisfy { live.contains($0.ordinal) })
        }
        try index.remove(live)
        #expect(index.statistics.count == 0)
        #expect(try index.search(queries[0], k: 3, candidates: 3, accepting: live).hits.isEmpty)
        try index.insert([5, 6, 7])
        #expect(try index.search(vectors[6], k: 1, candidates: 3, accepting: [5, 6, 7]).hits.map(\.ordinal) == [6])
        // They lead to one another alone, also when they are read again.
        try index.checkpoint()
        let again = try VectorIndex(directory: directory.path, configuration: index.configuration)
        #expect(again.members == [5, 6, 7])
    }

    /// As many identical vectors as a walk keeps, and one that is nearer by less than codes can tell: of some seeds, codes say
    /// that it is farther.
    @Test(arguments: 0..<12 as Range<UInt64>)
    func identicalVectorsKeepNoneOut(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let query = generator.vector(12), away = generator.vector(12)
        func beside(_ distance: Float) -> [Float] { zip(query, away).map { $0 + distance * $1 } }
        let index = try VectorIndex.holding(
            Array(repeating: beside(0.02), count: 40) + [beside(0.0199)] + generator.vectors(200, 12),
            in: TemporaryDirectory(), metric: .euclidean, threads: 1)
        let prepared = try RowsQuery(nearest: query, index.configuration).walkComponents(index.configuration)
        let walk = try index.growing.candidates(
            for: prepared, k: 5, count: 5, accepting: OrdinalSet(0..<241), within: WalkBounds(40), using: SearchContext())
        guard case .found(let found) = walk else { return #expect(Bool(false)) }
        #expect(found.contains(40))
    }

    @Test func removalAmongDuplicates() throws {
        let directory = TemporaryDirectory()
        let vectors: [[Float]] = [[1, 0], [1, 0], [1, 0], [0, 1], [1, 1]]
        let index = try VectorIndex.holding(vectors, in: directory, threads: 1)
        try index.remove([0, 2])
        #expect(try index.search([1, 0], k: 5, candidates: 5, accepting: [1, 3, 4]).hits.map(\.ordinal) == [1, 4, 3])
        try index.remove([0, 1])
        #expect(index.statistics.count == 2 && index.statistics.duplicates == 0)
        #expect(try index.exactSearch([1, 0], k: 5, among: OrdinalSet(0..<5)).hits.map(\.ordinal) == [4, 3])
    }
}
