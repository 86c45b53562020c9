import Foundation
import Mapping
import Query
import Shards
import Testing
import VectorIndex

struct ShardRecoveryTests {
    private static let properties =
        #"{"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm","index_options":{"type":"hnsw"}}}"#
    private let plan = KNNPlan(field: "v", vector: [0, 0], k: 1000, candidates: 1000)

    /// A shard with 60 documents, of which a flush covers the first 40, and 10 are deleted.
    private func crashed() async throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        let shard = try openShard(directory)
        var documents = try Documents(properties: Self.properties)
        for id in 0..<40 { try await shard.write(try documents.index("\(id)", #"{"v":[\#(id),1]}"#)) }
        try await shard.flush()
        for id in 40..<60 { try await shard.write(try documents.index("\(id)", #"{"v":[\#(id),1]}"#)) }
        for id in 35..<45 { try await shard.delete("\(id)") }
        return try directory.copied()
    }

    private func expectAllThere(_ directory: TemporaryDirectory) throws {
        let view = try openShard(directory).view
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

    @Test(arguments: [0.0, 0.3, 0.6, 0.99])
    func aDamagedGraphIsBuiltAnew(place: Double) async throws {
        let directory = try await crashed()
        let path = VectorIndex.graphPath(in: directory.path + "/vectors/v")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[Int(Double(bytes.count) * place)] ^= 0xFF
        try bytes.write(to: URL(fileURLWithPath: path))
        try expectAllThere(directory)
    }

    @Test func damagedDocumentsAreNamed() async throws {
        let directory = try await crashed()
        let path = directory.path + "/documents.sqlite"
        try Data(repeating: 0x55, count: 8192).write(to: URL(fileURLWithPath: path))
        try? FileManager.default.removeItem(atPath: path + "-wal")
        let error = #expect(throws: ShardError.self) { try openShard(directory) }
        guard case .damagedFile(path, _) = error else { throw error ?? .closed(path: path) }
    }

    @Test func missingVectorsAreNamed() async throws {
        let directory = try await crashed()
        try FileManager.default.removeItem(atPath: directory.path + "/vectors/v")
        let error = #expect(throws: ShardError.self) { try openShard(directory) }
        guard case .damagedFile(VectorIndex.vectorsPath(in: directory.path + "/vectors/v"), _) = error else {
            throw error ?? .closed(path: directory.path)
        }
    }

    /// Cutting the log anywhere loses only the last commits, never the middle of one.
    @Test(arguments: [1.0, 0.9, 0.7, 0.5, 0.2, 0.01])
    func aCutLogLosesOnlyItsEnd(share: Double) async throws {
        let directory = try TemporaryDirectory()
        let shard = try openShard(directory)
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
        // A log cut at its very start leaves a database without tables, which is as good as new.
        let reopened = try openShard(copy)
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
