import GRDB
import Mapping
import Query
import Testing
import VectorIndex

@testable import Shards

/// Databases of earlier versions are brought to this one.
struct DocumentStoreTests {
    private let properties = """
        {"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm"},
         "b":{"type":"dense_vector","dims":3,"element_type":"byte"}}
        """

    /// Takes back what version 2 added.
    private func makeOld(_ directory: TemporaryDirectory) throws {
        let queue = try DatabaseQueue(path: directory.path + "/documents.sqlite")
        try queue.write { database in
            try database.execute(
                sql: """
                    ALTER TABLE vector_fields DROP COLUMN element_type;
                    ALTER TABLE vector_fields DROP COLUMN quantization;
                    UPDATE meta SET value = 1 WHERE key = 'format_version';
                    """)
        }
        try queue.close()
    }

    @Test func version1IsMigrated() async throws {
        let directory = try TemporaryDirectory()
        var documents = try Documents(properties: properties)
        do {
            let shard = try makeShard(directory)
            try await shard.write(try documents.index("1", #"{"v":[1,2]}"#))
            try await shard.close()
        }
        try makeOld(directory)
        for _ in 0..<2 {
            let shard = try openShard(directory)
            let definition = try #require(shard.view.vectorFields["v"]?.definition)
            #expect(definition.elementType == .float && definition.quantization == .none)
            #expect(try shard.view.ids(nearest: KNNPlan(field: "v", vector: [1, 2], k: 1, candidates: 1)) == ["1"])
            try await shard.close()
        }
        // Fields that are new to it have all there is.
        let shard = try openShard(directory)
        try await shard.write(try documents.index("2", #"{"b":[1,2,-128]}"#))
        try await shard.close()
        #expect(try openShard(directory).view.vectorFields["b"]?.definition.elementType == .byte)
    }

    @Test func aNewerVersionIsRefused() async throws {
        let directory = try TemporaryDirectory()
        try await makeShard(directory).close()
        let queue = try DatabaseQueue(path: directory.path + "/documents.sqlite")
        try await queue.write { try $0.execute(sql: "UPDATE meta SET value = 3 WHERE key = 'format_version'") }
        try queue.close()
        #expect(throws: ShardError.unsupportedFormat(path: directory.path + "/documents.sqlite", version: 3)) {
            try openShard(directory)
        }
    }
}
