import Foundation
import Mapping
import Query
import Synchronization
import Testing
import TestSupport
import VectorIndex

@testable import Shards

struct ShardRefreshTests {
    private static let properties =
        #"{"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm","index_options":{"type":"hnsw"}}}"#

    private func index(_ shard: Shard) throws -> VectorIndex {
        try #require(shard.state.withLock { $0.vectorFields["v"]?.index })
    }

    /// A row that cannot be read keeps documents from being shown, until it can be, or its document is deleted.
    @Test(arguments: [false, true])
    func aFailedInsertionIsTriedAgain(isDeleted: Bool) async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: Self.properties)
        try await shard.write(try documents.index("1", #"{"v":[1,1]}"#))
        let before = try await shard.refresh()
        shard.graphs.suspend()
        try await shard.write(try documents.index("2", #"{"v":[2,2]}"#))
        try await shard.write(try documents.index("3", #"{"v":[3,3]}"#))
        let row = 4096 + 64
        try directory.flipByte(at: row, of: "vectors/v/vectors.f32")
        shard.graphs.resume()
        for _ in 0..<2 {
            #expect(await thrownCase { try await shard.refresh() } == "vectors.damagedFile")
            #expect(shard.view === before)
        }
        // What is written meanwhile is as durable as ever.
        try await shard.write(try documents.index("4", #"{"v":[4,4]}"#))
        if isDeleted {
            try await shard.delete("2")
        } else {
            try directory.flipByte(at: row, of: "vectors/v/vectors.f32")
        }
        let view = try await shard.refresh()
        let plan = KNNPlan(field: "v", vector: [0, 0], k: 10, candidates: 10)
        #expect(try view.ids(nearest: plan) == (isDeleted ? ["1", "3", "4"] : ["1", "2", "3", "4"]))
    }

    @Test func scheduledFlushesWaitUntilACheckpointIsDue() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory, configuration: .init(checkpointThreshold: 20))
        var documents = try Documents(properties: Self.properties)
        func write(_ ids: Range<Int>) async throws {
            for id in ids { try await shard.write(try documents.index("\(id)", #"{"v":[\#(id),1]}"#)) }
        }
        try await write(0..<19)
        try await shard.flush(onlyDue: true)
        #expect(try index(shard).changesSinceCheckpoint == 19)
        try await write(19..<300)
        try await shard.flush(onlyDue: true)
        #expect(try index(shard).changesSinceCheckpoint == 0)
        try await write(300..<325)
        try await shard.flush(onlyDue: true)
        #expect(try index(shard).changesSinceCheckpoint == 25)
        try await shard.flush()
        #expect(try index(shard).changesSinceCheckpoint == 0)
    }

    @Test func closingClosesWhateverFails() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: Self.properties)
        try await shard.write(try documents.index("1", #"{"v":[1,1]}"#))
        let checkpoint = VectorIndex.graphPath(in: directory.path + "/vectors/v")
        try FileManager.default.createDirectory(atPath: checkpoint + ".new", withIntermediateDirectories: false)
        #expect(await thrownCase { try await shard.close() } == "vectors.file.FileError")
        #expect(throws: ShardError.closed(path: directory.path + "/documents.sqlite")) { try shard.document(id: "1") }
    }

    @Test func closingWithoutFlushingWritesNoGraph() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: Self.properties)
        try await shard.write(try documents.index("1", #"{"v":[1,1]}"#))
        try await shard.close(flushing: false)
        let checkpoint = VectorIndex.graphPath(in: directory.path + "/vectors/v")
        #expect(!FileManager.default.fileExists(atPath: checkpoint))
        #expect(thrownCase { try shard.document(id: "1") } == "closed")
    }
}
