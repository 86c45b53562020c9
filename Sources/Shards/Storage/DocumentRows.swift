internal import Foundation
internal import GRDB
internal import Mapping

/// The rows of a document itself.
enum DocumentRows {
    static func insert(
        _ document: ParsedDocument, _ operation: ShardOperation, _ result: ShardWriteResult, ordinal: UInt32,
        in database: Database
    ) throws {
        let statement = try database.cachedStatement(sql: "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)")
        try statement.execute(arguments: [
            ordinal, operation.id, result.version, result.sequenceNumber, operation.routing,
            document.source.map { Data($0) }, document.unstored.map { Data($0) },
        ])
    }

    /// Says what an id is from now on; without an ordinal, deleted.
    static func setIdentity(_ id: String, ordinal: UInt32?, _ result: ShardWriteResult, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO ids VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                    ordinal = excluded.ordinal, version = excluded.version, seq_no = excluded.seq_no
                """)
        try statement.execute(arguments: [id, ordinal, result.version, result.sequenceNumber])
    }

    static func bury(_ ordinal: UInt32, id: String, in database: Database) throws {
        try database.cachedStatement(sql: "INSERT INTO tombstones VALUES (?, ?)").execute(arguments: [ordinal, id])
    }

    /// Removes every row of the given ordinals.
    static func purge(_ ordinals: [UInt32], in database: Database) throws {
        for table in ["documents", "tombstones"] {
            let statement = try database.cachedStatement(sql: "DELETE FROM \(table) WHERE ordinal = ?")
            for ordinal in ordinals { try statement.execute(arguments: [ordinal]) }
        }
        try NestedRows.purge(ordinals, in: database)
    }
}
