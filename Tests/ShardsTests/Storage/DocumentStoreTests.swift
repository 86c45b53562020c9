import Foundation
import GRDB
import Mapping
import Ordinals
import Query
import Testing
import TestSupport
import VectorIndex

@testable import Shards

/// Databases of earlier versions are brought to this one.
struct DocumentStoreTests {
    private let properties = """
        {"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm"},
         "b":{"type":"dense_vector","dims":3,"element_type":"byte"},"k":{"type":"keyword"},"d":{"type":"double"}}
        """

    /// Takes back what versions 2 to 4 added: field indexes were tables.
    private func makeOld(_ directory: TemporaryDirectory, version: Int) throws {
        let queue = try DatabaseQueue(path: directory.path + "/documents.sqlite")
        try queue.write { database in
            if version == 1 {
                try database.execute(
                    sql: """
                        ALTER TABLE vector_fields DROP COLUMN element_type;
                        ALTER TABLE vector_fields DROP COLUMN quantization;
                        """)
            }
            try database.execute(
                sql: """
                    DROP TABLE nested;
                    ALTER TABLE documents DROP COLUMN unstored;
                    CREATE TABLE fields (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, documents INTEGER NOT NULL);
                    INSERT INTO fields VALUES (1, 'v', 1), (2, 'k', 2), (3, 'd', 1);
                    """)
            for (table, type) in [("terms", "TEXT"), ("longs", "INTEGER"), ("doubles", "REAL")] {
                try database.execute(
                    sql: """
                        CREATE TABLE \(table) (
                            field INTEGER, value \(type), ordinal INTEGER, PRIMARY KEY (field, value, ordinal)) WITHOUT ROWID
                        """)
            }
            try database.execute(
                sql: """
                    CREATE TABLE field_names (field INTEGER, ordinal INTEGER, PRIMARY KEY (field, ordinal)) WITHOUT ROWID;
                    INSERT INTO field_names VALUES (1, 0), (2, 0), (2, 1), (3, 1);
                    INSERT INTO terms VALUES (2, 'x', 0), (2, 'y', 1);
                    INSERT INTO doubles VALUES (3, 1.5, 1);
                    """)
            try database.execute(
                sql: "UPDATE meta SET value = ? WHERE key = 'format_version'", arguments: [version])
        }
        try queue.close()
        try FileManager.default.removeItem(atPath: directory.path + "/fields")
    }

    /// A document whose source leaves its vector out, and one without a source, come from older versions whole.
    @Test(arguments: [1, 2]) func olderVersionsAreMigrated(version: Int) async throws {
        let directory = try TemporaryDirectory()
        var documents = try Documents(properties: properties)
        do {
            let shard = try makeShard(directory)
            try await shard.write(try documents.index("1", #"{"v":[1,2],"k":"x"}"#))
            try await shard.write(try documents.index("2", #"{"k":"y","d":1.5}"#))
            try await shard.close()
        }
        let queue = try DatabaseQueue(path: directory.path + "/documents.sqlite")
        try await queue.write { try $0.execute(sql: #"UPDATE documents SET source = iif(id = '1', CAST('{"k":"x"}' AS BLOB), NULL)"#) }
        try queue.close()
        try makeOld(directory, version: version)
        for _ in 0..<2 {
            let shard = try openShard(directory, properties: properties)
            let definition = try #require(shard.view.vectorFields["v"]?.definition)
            #expect(definition.elementType == .float)
            if version == 1 { #expect(definition.quantization == .none) }
            #expect(try shard.view.ids(nearest: KNNPlan(field: "v", vector: [1, 2], k: 1, candidates: 1)) == ["1"])
            for (id, term) in [("1", "x"), ("2", "y")] {
                #expect(try shard.view.ids(.term(field: "k", value: .term(term), scoring: .constant)) == [id])
            }
            #expect(try shard.view.ids(.range(field: "d", range: .doubles(1.5...1.5))) == ["2"])
            try await shard.close()
        }
        // Fields that are new to it have all there is.
        let shard = try openShard(directory, properties: properties)
        try await shard.write(try documents.index("3", #"{"b":[1,2,-128]}"#))
        try await shard.close()
        #expect(try openShard(directory, properties: properties).view.vectorFields["b"]?.definition.elementType == .byte)
    }

    @Test func versionThreeIsMigrated() async throws {
        let directory = try TemporaryDirectory()
        let properties = #"{"k":{"type":"keyword"},"o":{"type":"nested","properties":{"k":{"type":"keyword"}}}}"#
        var documents = try Documents(properties: properties)
        let first = try makeShard(directory)
        try await first.write(try documents.index("1", #"{"k":"x"}"#))
        try await first.close()
        let queue = try DatabaseQueue(path: directory.path + "/documents.sqlite")
        try await queue.write {
            try $0.execute(sql: "DROP TABLE nested; UPDATE meta SET value = 3 WHERE key = 'format_version'")
        }
        try queue.close()
        for round in 0..<2 {
            let shard = try openShard(directory, properties: properties)
            try await shard.write(try documents.index("2", #"{"o":[{"k":"x"},{"k":"y"}]}"#))
            try await shard.refresh()
            #expect(try shard.view.ids(.term(field: "k", value: .term("x"), scoring: .constant)) == ["1"])
            #expect(shard.view.nestedObjects.count == 2 && shard.view.documentCount == 2)
            #expect(shard.statistics.deletedDocuments == 3 * round)
            try await shard.close()
        }
    }

    @Test func aNewerVersionIsRefused() async throws {
        let directory = try TemporaryDirectory()
        try await makeShard(directory).close()
        let queue = try DatabaseQueue(path: directory.path + "/documents.sqlite")
        try await queue.write { try $0.execute(sql: "UPDATE meta SET value = 5 WHERE key = 'format_version'") }
        try queue.close()
        #expect(throws: ShardError.unsupportedFormat(path: directory.path + "/documents.sqlite", version: 5)) {
            try openShard(directory)
        }
    }

    /// SQLite itself would follow a null pointer.
    @Test func aClosedOneHasNoLogToMove() async throws {
        let directory = try TemporaryDirectory()
        try await makeShard(directory).close()
        let store = try DocumentStore(directory: directory.path, readers: 1)
        try store.checkpoint()
        try store.close()
        #expect(thrownCase { try store.checkpoint() } == "closed")
    }
}
