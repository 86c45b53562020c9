import Foundation
import Mapping
import Query
import Synchronization
import Testing
import TestSupport
import VectorIndex

@testable import Shards

struct ShardSealingTests {
    private static let properties =
        #"{"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm","index_options":{"type":"hnsw"}}}"#

    private func statistics(_ shard: Shard) throws -> VectorIndexStatistics {
        try #require(shard.state.withLock { $0.vectorFields["v"]?.index.statistics })
    }

    private func write(_ ids: Range<Int>, to shard: Shard) async throws {
        var documents = try Documents(properties: Self.properties)
        let operations = try ids.map { try documents.index("\($0)", #"{"v":[\#($0),1]}"#) }
        for result in await shard.write(operations) { _ = try result.get() }
    }

    private func nearest(_ shard: Shard, to x: Float) throws -> [String] {
        try shard.view.ids(nearest: KNNPlan(field: "v", vector: [x, 1], k: 3, candidates: 50))
    }

    @Test func mergingByForceSeals() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        try await write(0..<100, to: shard)
        try await shard.delete("50")
        try await shard.refresh()
        try await shard.forceMerge(onlyExpungingDeletes: true)
        #expect(try statistics(shard).count == 99 && statistics(shard).sealedCount == 0)
        try await shard.forceMerge(maximumSegments: 1)
        #expect(try statistics(shard).sealedCount == 99)
        #expect(try Set(nearest(shard, to: 50)) == ["49", "51", "48"] || Set(nearest(shard, to: 50)) == ["49", "51", "52"])
        try await shard.close()
        let again = try openShard(directory, properties: Self.properties)
        #expect(try statistics(again).sealedCount == 99 && statistics(again).count == 99)
        #expect(try nearest(again, to: 70.2) == ["70", "71", "69"])
        // Deleted after it was sealed, and purged: it does not come back, not even after a crash.
        try await again.delete("70")
        try await again.refresh()
        try await again.purge()
        #expect(try statistics(again).count == 98 && nearest(again, to: 70.2) == ["71", "69", "72"])
        let copy = try directory.copied()
        let crashed = try openShard(copy, properties: Self.properties)
        #expect(try statistics(crashed).count == 98 && nearest(crashed, to: 70.2) == ["71", "69", "72"])
    }

    @Test func muchThatHasGrownIsSealed() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory, configuration: .init(sealThreshold: 50, quietSealThreshold: 10))
        try await write(0..<30, to: shard)
        try await shard.flush(onlyDue: true)
        #expect(try statistics(shard).sealedCount == 0)
        // Nothing was written since: it is quiet.
        try await shard.flush(onlyDue: true)
        #expect(try statistics(shard).sealedCount == 30)
        try await write(30..<35, to: shard)
        for _ in 0..<2 { try await shard.flush(onlyDue: true) }
        #expect(try statistics(shard).sealedCount == 30 && statistics(shard).count == 35)
        try await write(35..<80, to: shard)
        try await shard.refresh()
        try await shard.flush(onlyDue: true)
        #expect(try statistics(shard).sealedCount == 80)
        #expect(try nearest(shard, to: 33.1) == ["33", "34", "32"])
    }

    /// What cannot be sealed keeps neither a checkpoint from being written nor documents from being found.
    @Test func aSealingThatFailsLeavesTheRest() async throws {
        let directory = try TemporaryDirectory()
        let configuration = ShardConfiguration(checkpointThreshold: 5, sealThreshold: 20, quietSealThreshold: 20)
        let shard = try makeShard(directory, configuration: configuration)
        try await write(0..<1, to: shard)
        try await shard.refresh()
        let obstacle = directory.path + "/vectors/v/MANIFEST.new"
        try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: false)
        try await write(1..<40, to: shard)
        try await shard.refresh()
        #expect(await thrownCase { try await shard.flush(onlyDue: true) } == "vectors.file.FileError")
        #expect(shard.state.withLock { $0.vectorFields["v"]?.index.changesSinceCheckpoint } == 0)
        #expect(try nearest(shard, to: 20.1) == ["20", "21", "19"])
        try FileManager.default.removeItem(atPath: obstacle)
        try await shard.flush(onlyDue: true)
        #expect(try statistics(shard).sealedCount == 40 && nearest(shard, to: 20.1) == ["20", "21", "19"])
        try await shard.close()
        #expect(try nearest(try openShard(directory, properties: Self.properties), to: 20.1) == ["20", "21", "19"])
    }

    @Test func writesBesideAMerge() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        try await write(0..<200, to: shard)
        try await shard.refresh()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for _ in 0..<4 { try await shard.forceMerge() } }
            group.addTask {
                for start in stride(from: 200, to: 400, by: 20) {
                    try await write(start..<start + 20, to: shard)
                    try await shard.refresh()
                    #expect(try nearest(shard, to: Float(start) + 10.1)[0] == "\(start + 10)")
                }
            }
            group.addTask {
                for id in 0..<20 { try await shard.delete("\(id * 7)") }
                try await shard.flush()
            }
            try await group.waitForAll()
        }
        let view = try await shard.refresh()
        #expect(view.documentCount == 380)
        try await shard.forceMerge()
        #expect(try statistics(shard).count == 380 && statistics(shard).sealedCount == 380)
        let plan = KNNPlan(field: "v", vector: [0, 1], k: 400, candidates: 400)
        #expect(try Set(view.ids(nearest: plan)).count == 380)
        try await shard.close()
        #expect(try statistics(openShard(directory, properties: Self.properties)).sealedCount == 380)
    }
}
