import Ordinals
import Synchronization
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct VectorIndexSealTests {
    let directory = TemporaryDirectory()

    private func makeIndex(_ dimensions: Int = 6, quantization: Quantization = .none) throws -> VectorIndex {
        try VectorIndex(
            directory: directory.path,
            configuration: VectorIndexConfiguration(
                dimensions: dimensions, metric: .euclidean, kind: .hnsw(m: 6, efConstruction: 40),
                quantization: quantization))
    }

    private func add(_ vectors: [[Float]], from first: UInt32, to index: VectorIndex) throws {
        let ordinals = first..<first + UInt32(vectors.count)
        try index.append(Array(zip(ordinals, vectors)).map { (ordinal: $0, vector: $1) })
        try index.insert(Array(ordinals))
    }

    /// What a sealing set aside before it failed, or the index was closed, is in the checkpoint.
    @Test func whatWasSetAsideIsWritten() throws {
        var generator = SeededGenerator(seed: 10)
        var index = try makeIndex()
        try add(generator.vectors(120, 6), from: 0, to: index)
        let fresh = try GrowingPart(index.configuration)
        _ = index.insertions.exclusive { index.parts.withLock { $0.freeze(fresh) } }
        try add(generator.vectors(3, 6), from: 120, to: index)
        try index.checkpoint()
        #expect(index.changesSinceCheckpoint == 3)
        index = try VectorIndex(directory: directory.path, configuration: index.configuration)
        #expect(index.members == OrdinalSet(0..<120))
    }

    /// Nothing is lost by it, and what has grown is sealed when the index is opened again.
    @Test func sealingEndsWhenTheIndexIsClosed() throws {
        var generator = SeededGenerator(seed: 9)
        let vectors = generator.vectors(200, 6)
        var index = try makeIndex()
        try add(vectors, from: 0, to: index)
        index.stopSealing()
        #expect(throws: VectorIndexError.interrupted) { try index.seal(threads: 2) }
        #expect(throws: VectorIndexError.interrupted) { try index.sealGrown(minimum: 1, threads: 2) }
        #expect(index.members == OrdinalSet(0..<200) && index.statistics.sealedCount == 0)
        let builder = SealedBuilder(index.vectors, index.configuration, threads: 2, interrupt: index.closing)
        #expect(throws: VectorIndexError.interrupted) { try builder.build(OrdinalSet(0..<200)) }
        try index.checkpoint()
        index = try VectorIndex(directory: directory.path, configuration: index.configuration)
        try index.seal(threads: 2)
        #expect(index.members == OrdinalSet(0..<200) && index.statistics.sealedCount == 200)
    }

    @Test func forcedSealingGoesBeforeThatOfWhatHasGrown() throws {
        var generator = SeededGenerator(seed: 9)
        let index = try makeIndex()
        try add(generator.vectors(20, 6), from: 0, to: index)
        index.pauseSealingGrown()
        index.pauseSealingGrown()
        #expect(throws: VectorIndexError.interrupted) { try index.sealGrown(minimum: 1, threads: 1) }
        index.resumeSealingGrown()
        #expect(throws: VectorIndexError.interrupted) { try index.sealGrown(minimum: 1, threads: 1) }
        try index.seal(threads: 1)
        index.resumeSealingGrown()
        #expect(try !index.sealGrown(minimum: 1, threads: 1), "nothing has grown since")
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func randomOperationsEqualTheModel(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var index = try makeIndex(quantization: Quantization.allCases[Int(seed) % 4])
        let configuration = index.configuration
        var model = BruteForce(.euclidean)
        var live = OrdinalSet()
        var next: UInt32 = 0
        var trace: [String] = []
        for _ in 0..<40 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<4:
                var vectors = generator.vectors(Int.random(in: 1...30, using: &generator), 6)
                if let first = live.first, let known = model.vectors[first] { vectors.append(known) }
                try add(vectors, from: next, to: index)
                for vector in vectors {
                    model.vectors[next] = vector
                    live.insert(next)
                    next += 1
                }
                next += 2
                trace.append("insert \(vectors.count)")
            case 4:
                let dead = OrdinalSet(live.shuffled(using: &generator).prefix(live.count / 4))
                try index.remove(dead)
                live.subtract(dead)
                trace.append("remove \(dead.count)")
            case 5:
                try index.seal(threads: 2)
                #expect(index.currentParts.sealed.count == (index.members.isEmpty ? 0 : 1))
                trace.append("seal")
            case 6, 7:
                trace.append("seal grown \(try index.sealGrown(minimum: 20, threads: 1))")
            case 8:
                try index.checkpoint()
                trace.append("checkpoint")
            default:
                index = try VectorIndex(directory: directory.path, configuration: configuration)
                // As an opener does, who knows what is there.
                try index.remove(index.members.subtracting(live))
                try index.insert(Array(live.subtracting(index.members)))
                trace.append("reopen")
            }
            try verify(index, model, live, generator.vector(6), trace)
        }
    }

    private func verify(
        _ index: VectorIndex, _ model: BruteForce, _ live: OrdinalSet, _ query: [Float], _ trace: [String]
    ) throws {
        let members = index.members
        #expect(members == live && index.statistics.count == live.count, "\(trace)")
        #expect(index.statistics.sealedCount == index.currentParts.sealedMembers.count)
        let expected = model.search(query, k: 8, accepting: live)
        let exact = try index.exactSearch(query, k: 8, among: live).hits
        #expect(zip(exact, expected).allSatisfy { abs(Double($0.raw) - $1.raw) < 1e-4 }, "\(trace)")
        // As many candidates as there are vectors: walks come to all of them.
        let all = live.count
        let hits = try index.search(query, k: 8, candidates: max(1, all), accepting: live).hits
        #expect(hits.count == expected.count && Set(hits.map(\.ordinal)).isSuperset(of: exact.prefix(3).map(\.ordinal)), "\(trace)")
        let walked = try index.walked(query, k: max(1, all), ef: max(1, all), accepting: live, most: 2 * all + 1)
        let sealed = index.currentParts.sealedMembers.intersection(live)
        #expect(walked.count == sealed.count && OrdinalSet(walked.map(\.ordinal)) == sealed, "\(trace)")
    }

    /// Sealing, inserting, removing and searching at once: nothing is lost, and nothing there twice.
    @Test(arguments: [1, 2] as [UInt64])
    func sealingBesideEverythingElse(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let index = try makeIndex()
        let vectors = generator.vectors(800, 6), queries = generator.vectors(20, 6)
        try add(Array(vectors[..<200]), from: 0, to: index)
        let inserted = Atomic(UInt32(200)), failures = Mutex<[String]>([])
        concurrently(4) { worker in
            do {
                switch worker {
                case 0:
                    for start in stride(from: 200, to: 800, by: 50) {
                        try add(Array(vectors[start..<start + 50]), from: UInt32(start), to: index)
                        inserted.store(UInt32(start + 50), ordering: .releasing)
                    }
                case 1:
                    for round in 0..<5 {
                        if round % 2 == 0 { try index.seal(threads: 2) } else { try index.sealGrown(minimum: 1, threads: 1) }
                    }
                case 2:
                    // Some that are sealed by then, some that are not.
                    for number in 0..<20 as Range<UInt32> {
                        let end = inserted.load(ordering: .acquiring)
                        try index.remove([number * 3, end - 1 - number % 40])
                    }
                default:
                    for query in queries {
                        let end = inserted.load(ordering: .acquiring)
                        let accepting = OrdinalSet(0..<end).subtracting(OrdinalSet(0..<60)).intersection(index.members)
                        let hits = try index.search(query, k: 20, candidates: 100, accepting: accepting).hits
                        if Set(hits.map(\.ordinal)).count != hits.count { failures.withLock { $0.append("found twice") } }
                        if hits.count < 10 { failures.withLock { $0.append("lost") } }
                    }
                }
            } catch {
                failures.withLock { $0.append("\(error)") }
            }
        }
        #expect(failures.withLock { $0 }.isEmpty)
        for number in 0..<20 as Range<UInt32> { #expect(!index.contains(number * 3)) }
        let members = index.members
        // 20 of the first, and of the others those that were the last of their time.
        #expect(members.count >= 800 - 40 && members.count <= 800 - 20)
        let parts = index.currentParts
        #expect(parts.count == members.count && parts.frozen.isEmpty)
        try index.seal(threads: 1)
        #expect(index.members == members && index.statistics.sealedCount == members.count)
        let hits = try index.search(queries[0], k: 800, candidates: 800, accepting: members).hits
        #expect(OrdinalSet(hits.map(\.ordinal)) == members && hits.count == members.count)
    }

    /// Each sealing joins parts that are not much larger, so there are few, and few are built anew.
    @Test func partsStayFew() throws {
        var generator = SeededGenerator(seed: 7)
        let index = try makeIndex(4)
        var rebuilt = 0
        for round in 0..<24 {
            try add(generator.vectors(10, 4), from: UInt32(round * 10), to: index)
            let before = index.currentParts.sealed
            #expect(try !index.sealGrown(minimum: 11, threads: 1))
            #expect(try index.sealGrown(minimum: 10, threads: 1))
            let parts = index.currentParts.sealed
            rebuilt += parts.last?.count ?? 0
            #expect(parts.count <= before.count + 1 && index.growing.count == 0)
            // 240 vectors, doubling from 10.
            #expect(parts.count <= 6 && index.statistics.sealedCount == 10 * (round + 1))
            #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.count > 2 * $1.count })
        }
        #expect(rebuilt <= 240 * 6)
        #expect(try !index.sealGrown(minimum: 0, threads: 1))
    }

    @Test func vectorsThatAreNotThereAreNotTakenIn() throws {
        let index = try makeIndex()
        try index.append([(0, [1, 2, 3, 4, 5, 6])])
        for missing in [1, 5000, 100_000] as [UInt32] {
            #expect(throws: VectorIndexError.missingVector(ordinal: missing)) {
                try index.seal(adding: [0, missing], threads: 1)
            }
        }
        #expect(index.members.isEmpty)
        try flipBit(8 * 4100, of: VectorIndex.vectorsPath(in: directory.path))
        #expect(thrownCase { try index.seal(adding: [0], threads: 1) } == "damagedFile")
    }

    @Test func whatIsAllRemovedLeavesNoPart() throws {
        var generator = SeededGenerator(seed: 9)
        let index = try makeIndex()
        try index.seal(threads: 1)
        #expect(index.currentParts.sealed.isEmpty)
        try add(generator.vectors(30, 6), from: 0, to: index)
        try index.seal(threads: 1)
        try index.remove(OrdinalSet(0..<30))
        #expect(index.statistics.count == 0 && index.statistics.sealedCount == 0)
        try index.seal(threads: 1)
        #expect(index.currentParts.sealed.isEmpty)
        let again = try VectorIndex(directory: directory.path, configuration: index.configuration)
        #expect(again.members.isEmpty && again.currentParts.sealed.isEmpty)
        try add(generator.vectors(30, 6), from: 30, to: again)
        try again.seal(threads: 1)
        #expect(again.members == OrdinalSet(30..<60))
    }

    /// A flat index has nothing to seal.
    @Test func flatIndicesAreCheckpointed() throws {
        let index = try VectorIndex.holding([[1, 0], [0, 1]], in: directory, kind: .flat)
        #expect(try !index.sealGrown(minimum: 1, threads: 1))
        try index.seal(threads: 1)
        #expect(index.currentParts.sealed.isEmpty && index.changesSinceCheckpoint == 0)
        #expect(try VectorIndex(directory: directory.path, configuration: index.configuration).members == [0, 1])
    }
}
