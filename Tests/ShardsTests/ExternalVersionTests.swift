import Mapping
import Testing

@testable import Shards

@Suite struct ExternalVersionTests {
    @Test func onlyNewerVersionsAreWritten() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents()
        let empty = try documents.parse("{}")
        func write(_ version: ExternalVersion, deleting: Bool = false) async -> Result<ShardWriteResult, WriteRefusal>? {
            await shard.write([ShardOperation(id: "1", action: deleting ? .delete : .index(empty), version: version)]).first
        }
        #expect(try await write(ExternalVersion(5))?.get().version == 5)
        #expect(
            await write(ExternalVersion(5))
                == .failure(.versionConflict(id: "1", current: 5, provided: ExternalVersion(5))))
        #expect(try await write(ExternalVersion(5, allowsEqual: true))?.get().outcome == .updated)
        #expect(
            await write(ExternalVersion(4, allowsEqual: true))
                == .failure(.versionConflict(id: "1", current: 5, provided: ExternalVersion(4, allowsEqual: true))))
        #expect(try await write(ExternalVersion(9), deleting: true)?.get() == ShardWriteResult(outcome: .deleted, version: 9, sequenceNumber: 2))
        // What was deleted keeps its version.
        #expect(await write(ExternalVersion(8)) == .failure(.versionConflict(id: "1", current: 9, provided: ExternalVersion(8))))
        #expect(try await shard.write(ShardOperation(id: "1", action: .index(empty))).version == 10)
        #expect(try shard.document(id: "1")?.version == 10)
    }

    @Test func aViewShowsTheDocumentsOfItsTime() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents()
        try await shard.write(try documents.index("1", #"{"a":1}"#))
        #expect(try shard.view.document(id: "1") == nil)
        let view = try await shard.refresh()
        try await shard.write(try documents.index("1", #"{"a":2}"#))
        #expect(try view.document(id: "1")?.source == Array(#"{"a":1}"#.utf8))
        #expect(try await shard.refresh().document(id: "1")?.source == Array(#"{"a":2}"#.utf8))
        #expect(try view.document(id: "2") == nil)
    }
}
