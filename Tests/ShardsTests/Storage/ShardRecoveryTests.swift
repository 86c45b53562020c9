import Foundation
import Mapping
import Ordinals
import Query
import Synchronization
import Testing
import TestSupport
import VectorIndex

@testable import Shards

struct ShardRecoveryTests {
    private static let properties =
        #"{"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm","index_options":{"type":"hnsw"}}}"#
    private let plan = KNNPlan(field: "v", vector: [0, 0], k: 1000, candidates: 1000)

    /// A shard with 60 documents, of which a flush covers the first 40, and 10 are deleted.
    private func crashed() async throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: Self.properties)
        for id in 0..<40 { try await shard.write(try documents.index("\(id)", #"{"v":[\#(id),1]}"#)) }
        try await shard.flush()
        for id in 40..<60 { try await shard.write(try documents.index("\(id)", #"{"v":[\#(id),1]}"#)) }
        for id in 35..<45 { try await shard.delete("\(id)") }
        return try directory.copied()
    }

    private func expectAllThere(_ directory: TemporaryDirectory) throws {
        let view = try openShard(directory, properties: Self.properties).view
        let ids = (0..<35).map(String.init) + (45..<60).map(String.init)
        #expect(try view.ids(.matchAll) == ids)
        #expect(try view.ids(nearest: plan) == ids)
    }

    @Test func whatTheCheckpointMissesIsReplayed() async throws {
        try expectAllThere(try await crashed())
    }

    @Test func aLostGraphIsBuiltAnew() async throws {
        let directory = try await crashed()
        try FileManager.default.removeItem(atPath: VectorIndex.graphPath(in: directory.path + "/vectors/v"))
        try expectAllThere(directory)
    }

    /// Byte 8 is the version's, byte 12 the configuration's.
    @Test(arguments: [0, 8, 12, 300, -300, -1])
    func aDamagedGraphIsBuiltAnew(place: Int) async throws {
        let directory = try await crashed()
        let path = VectorIndex.graphPath(in: directory.path + "/vectors/v")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[place < 0 ? bytes.count + place : place] ^= 0xFF
        try bytes.write(to: URL(fileURLWithPath: path))
        try expectAllThere(directory)
    }

    @Test func aGraphOfAnotherConfigurationIsBuiltAnew() async throws {
        let directory = try await crashed()
        let other = try TemporaryDirectory()
        let configuration = try VectorIndexConfiguration(dimensions: 2, metric: .euclidean, kind: .hnsw(m: 5))
        try VectorIndex(directory: other.path, configuration: configuration).checkpoint()
        let path = VectorIndex.graphPath(in: directory.path + "/vectors/v")
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: VectorIndex.graphPath(in: other.path), toPath: path)
        try expectAllThere(directory)
    }

    @Test(arguments: [false, true])
    func aMissingDatabaseIsNamedAndTheVectorsStay(isEmptied: Bool) async throws {
        let directory = try await crashed()
        let path = directory.path + "/documents.sqlite"
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        if isEmptied { try Data().write(to: URL(fileURLWithPath: path)) }
        for _ in 0..<2 {
            let error = #expect(throws: ShardError.self) { try openShard(directory, properties: Self.properties) }
            guard case .damagedFile(path, _) = error else { throw error ?? .closed(path: path) }
        }
        #expect(FileManager.default.fileExists(atPath: VectorIndex.vectorsPath(in: directory.path + "/vectors/v")))
    }

    @Test func aShardIsNotCreatedOverAnother() async throws {
        let directory = try await crashed()
        #expect(thrownCase { try Shard.create(in: directory.path) } == "database")
        try expectAllThere(directory)
    }

    /// 20 documents, of which 10 were deleted, flushed, and then purged.
    private func purged() async throws -> (TemporaryDirectory, Shard) {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: Self.properties)
        for id in 0..<20 { try await shard.write(try documents.index("\(id)", #"{"v":[\#(id),1]}"#)) }
        for id in 10..<20 { try await shard.delete("\(id)") }
        try await shard.refresh()
        try await shard.flush()
        try await shard.purge()
        return (directory, shard)
    }

    @Test func aCrashAfterAPurgeBringsNothingBack() async throws {
        let (directory, _) = try await purged()
        let reopened = try openShard(try directory.copied(), properties: Self.properties)
        let index = try #require(reopened.state.withLock { $0.vectorFields["v"]?.index })
        #expect(index.members == OrdinalSet(0..<10))
    }

    @Test func aPurgeIsPartOfTheNextCheckpoint() async throws {
        let (directory, shard) = try await purged()
        try await shard.flush()
        let configuration = try #require(shard.state.withLock { $0.vectorFields["v"]?.index.configuration })
        let copy = try directory.copied()
        let index = try VectorIndex(directory: copy.path + "/vectors/v", configuration: configuration)
        #expect(index.members == OrdinalSet(0..<10))
    }

    @Test func damagedDocumentsAreNamed() async throws {
        let directory = try await crashed()
        let path = directory.path + "/documents.sqlite"
        try Data(repeating: 0x55, count: 8192).write(to: URL(fileURLWithPath: path))
        try? FileManager.default.removeItem(atPath: path + "-wal")
        let error = #expect(throws: ShardError.self) { try openShard(directory, properties: Self.properties) }
        guard case .damagedFile(path, _) = error else { throw error ?? .closed(path: path) }
    }

    @Test func missingVectorsAreNamed() async throws {
        let directory = try await crashed()
        try FileManager.default.removeItem(atPath: directory.path + "/vectors/v")
        let error = #expect(throws: ShardError.self) { try openShard(directory, properties: Self.properties) }
        guard case .damagedFile(VectorIndex.vectorsPath(in: directory.path + "/vectors/v"), _) = error else {
            throw error ?? .closed(path: directory.path)
        }
    }

    /// Cutting the log anywhere loses only the last commits, never the middle of one.
    @Test(arguments: [1.0, 0.9, 0.7, 0.5, 0.2, 0.01])
    func aCutLogLosesOnlyItsEnd(share: Double) async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: Self.properties)
        for batch in 0..<20 {
            let operations = try (0..<5).map {
                try documents.index("\(batch)-\($0)", #"{"v":[\#(batch),\#($0)],"n":\#(batch)}"#)
            }
            for result in await shard.write(operations) { _ = try result.get() }
        }
        let copy = try directory.copied()
        let log = copy.path + "/documents.sqlite-wal"
        let bytes = try Data(contentsOf: URL(fileURLWithPath: log))
        try bytes.prefix(Int(Double(bytes.count) * share)).write(to: URL(fileURLWithPath: log))
        let reopened = try openShard(copy, properties: Self.properties)
        let ids = try reopened.view.ids(.matchAll)
        #expect(ids.count % 5 == 0)
        let written = (0..<20).flatMap { batch in (0..<5).map { "\(batch)-\($0)" } }
        #expect(ids == Array(written.prefix(ids.count)))
        #expect(Set(try reopened.view.ids(nearest: plan)) == Set(ids))
        #expect(share < 1 || ids.count == 100)
        // Ordinals whose vectors were written and lost their commit are given out again.
        try await reopened.write(try documents.index("new", #"{"v":[-1,0]}"#))
        try await reopened.refresh()
        #expect(try reopened.view.ids(nearest: KNNPlan(field: "v", vector: [-1, 0], k: 1, candidates: 10)) == ["new"])
    }
}
