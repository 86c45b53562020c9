import Files
import Foundation
import Ordinals
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct GraphsOnDiskTests {
    let directory = TemporaryDirectory()

    private func makeIndex(_ count: Int = 60) throws -> VectorIndex {
        var generator = SeededGenerator(seed: 1)
        let index = try VectorIndex.holding(generator.vectors(count, 6), in: directory, metric: .euclidean)
        try index.checkpoint()
        return index
    }

    private func reopen(_ index: VectorIndex, _ opening: VectorIndex.Opening = .restoringGraphs) throws -> VectorIndex {
        try VectorIndex(directory: directory.path, configuration: index.configuration, opening: opening)
    }

    private var parts: [String] {
        get throws { try Directory.names(in: directory.path).filter { $0.hasSuffix(SealedFile.suffix) }.sorted() }
    }

    /// Each vector is found, and once.
    private func expectAll(_ index: VectorIndex, _ members: OrdinalSet) throws {
        #expect(index.members == members && index.statistics.count == members.count)
        let hits = try index.search(
            [0, 0, 0, 0, 0, 0], k: members.count + 10, candidates: 1000, accepting: OrdinalSet(0..<1000)).hits
        #expect(hits.count == members.count && OrdinalSet(hits.map(\.ordinal)) == members)
    }

    @Test func sealedPartsAreOpenedAgain() throws {
        let index = try makeIndex()
        try index.seal(threads: 1)
        try index.append([(60, [1, 1, 1, 1, 1, 1])])
        try index.insert([60])
        try index.checkpoint()
        let again = try reopen(index)
        try expectAll(again, OrdinalSet(0..<61))
        #expect(again.statistics.sealedCount == 60 && again.growing.count == 1 && again.changesSinceCheckpoint == 0)
        let query: [Float] = [1, 0, 1, 0, 1, 0]
        #expect(try again.walked(query, k: 10, ef: 60) == index.walked(query, k: 10, ef: 60))
    }

    /// The crash came before the manifest: the part is no part of the index.
    @Test func aPartThatTheManifestDoesNotNameGoes() throws {
        let index = try makeIndex()
        try index.seal(threads: 1)
        try write([1, 2, 3], to: directory.path + "/" + Manifest.partName(2))
        try write(contents(of: directory.path + "/" + Manifest.partName(1)), to: directory.path + "/" + Manifest.partName(3))
        try expectAll(try reopen(index), OrdinalSet(0..<60))
        #expect(try parts == [Manifest.partName(1)])
    }

    /// The crash came between the manifest and the checkpoint.
    @Test func aCheckpointOlderThanThePartIsLeftOut() throws {
        let index = try makeIndex(), path = VectorIndex.graphPath(in: directory.path)
        let old = try contents(of: path)
        try index.remove([7])
        try index.seal(threads: 1)
        try write(old, to: path)
        let again = try reopen(index)
        #expect(again.growing.count == 0)
        try expectAll(again, OrdinalSet(0..<60).subtracting([7]))
        // What comes next is checkpointed as ever.
        try again.append([(70, [1, 1, 1, 1, 1, 1])])
        try again.insert([70])
        try again.checkpoint()
        try expectAll(try reopen(index), OrdinalSet(0..<60).subtracting([7]).union([70]))
    }

    @Test(arguments: ["part-1.sealed", "MANIFEST", "graph.hnsw"])
    func damagedFilesAreDiscarded(name: String) throws {
        let index = try makeIndex()
        try index.seal(threads: 1)
        let path = directory.path + "/" + name
        #expect(VectorIndex.isDerived(path, in: directory.path))
        try flipBit(8 * 12, of: path)
        #expect(throws: VectorIndexError.damagedFile(path: path, .checksumMismatch)) { try reopen(index) }
        let empty = try reopen(index, .discardingGraphs)
        #expect(empty.members.isEmpty)
        #expect(try parts.isEmpty)
        try empty.insert(Array(0..<60), threads: 2)
        try empty.seal(threads: 1)
        try expectAll(try reopen(index), OrdinalSet(0..<60))
    }

    @Test func aPartThatIsMissingIsNamed() throws {
        let index = try makeIndex()
        try index.seal(threads: 1)
        try Path.remove(directory.path + "/" + Manifest.partName(1))
        #expect(thrownCase { try reopen(index) } == "damagedFile")
        #expect(!VectorIndex.isDerived(VectorIndex.vectorsPath(in: directory.path), in: directory.path))
    }

    /// Rows that a part was built over are there, or the vectors are what is damaged.
    @Test func aPartBeyondTheVectorsIsRefused() throws {
        let index = try makeIndex()
        try index.seal(threads: 1)
        let path = VectorIndex.vectorsPath(in: directory.path)
        try write(contents(of: path)[..<(4096 + 10 * index.vectors.header.rowBytes)], to: path)
        #expect(throws: VectorIndexError.damagedFile(path: path, .truncated)) { try reopen(index) }
    }

    /// Parts that share a vector would show it twice.
    @Test func partsThatOverlapAreRefused() throws {
        let index = try makeIndex()
        try index.seal(threads: 1)
        try write(contents(of: directory.path + "/" + Manifest.partName(1)), to: directory.path + "/" + Manifest.partName(2))
        var manifest = Manifest()
        (manifest.next, manifest.parts) = (3, [1, 2])
        try manifest.replace(in: directory.path)
        let path = directory.path + "/" + Manifest.fileName
        #expect(throws: VectorIndexError.damagedFile(path: path, .inconsistent)) { try reopen(index) }
    }

    /// An error after the manifest was replaced leaves a part there that the index does not have in memory.
    @Test func aPartThatAnErrorLeftIsNotKept() throws {
        let index = try makeIndex()
        try index.seal(threads: 1)
        try index.append([(60, [1, 1, 1, 1, 1, 1])])
        try index.insert([60])
        try write(contents(of: directory.path + "/" + Manifest.partName(1)), to: directory.path + "/" + Manifest.partName(2))
        var manifest = Manifest()
        (manifest.next, manifest.parts) = (3, [2])
        try manifest.replace(in: directory.path)
        try index.sealGrown(minimum: 1, threads: 1)
        #expect(try Manifest(directory: directory.path).parts == [1, 3] && parts == [Manifest.partName(1), Manifest.partName(3)])
        try expectAll(try reopen(index), OrdinalSet(0..<61))
    }

    /// A sealing that cannot be finished leaves everything searchable, and the next takes it in.
    @Test func aSealingThatFailsLosesNothing() throws {
        let index = try makeIndex(), obstacle = directory.path + "/" + Manifest.fileName + ".new"
        try Directory.create(obstacle)
        for _ in 0..<2 { #expect(thrownCase { try index.seal(threads: 1) } == "file.FileError") }
        #expect(index.currentParts.unsealed.count == 2)
        try expectAll(index, OrdinalSet(0..<60))
        try index.remove([3])
        try index.append([(60, [1, 1, 1, 1, 1, 1])])
        try index.insert([60, 5])
        #expect(thrownCase { try index.seal(threads: 1) } == "file.FileError")
        try Path.remove(obstacle)
        #expect(try !index.sealGrown(minimum: 61, threads: 1))
        #expect(try index.sealGrown(minimum: 60, threads: 1))
        let members = OrdinalSet(0..<61).subtracting([3])
        #expect(index.currentParts.unsealed.count == 1 && index.currentParts.sealed.count == 1)
        try expectAll(index, members)
        try expectAll(try reopen(index), members)
    }

    /// Files of `Tests/Fixtures/sealed`, as the program of their time wrote them, are read.
    @Test func version1() throws {
        let folder = Repository.fixtures + "/sealed/version-1"
        for name in ["vectors.f32", "MANIFEST", "part-1.sealed"] {
            try write(try contents(of: folder + "/" + name), to: directory.path + "/" + name)
        }
        let index = try VectorIndex(directory: directory.path, configuration: Self.configurationOfVersion1())
        #expect(index.members == OrdinalSet(0..<30) && index.statistics.sealedCount == 30 && index.statistics.duplicates == 1)
        for ordinal in 0..<29 as Range<UInt32> {
            let hits = try index.walked(Self.vectorOfVersion1(ordinal), k: 3, ef: 30)
            #expect(hits.first?.ordinal == ordinal && hits.first?.raw == 0)
        }
        #expect(try index.walked(Self.vectorOfVersion1(29), k: 2, ef: 30).map(\.ordinal) == [28, 29])
    }

    private static func configurationOfVersion1() throws -> VectorIndexConfiguration {
        try VectorIndexConfiguration(dimensions: 8, metric: .euclidean, kind: .hnsw(m: 2, efConstruction: 100))
    }

    /// Whole numbers, so that they can be told anywhere; the last two are identical.
    private static func vectorOfVersion1(_ ordinal: UInt32) -> [Float] {
        let number = min(28, Int(ordinal))
        return (0..<8).map { Float((number * 37 + $0 * $0 * 11 + number * $0 * 5) % 61) }
    }
}
