internal import Foundation
internal import GRDB
internal import Mapping

/// The rows of a document itself.
enum DocumentRows {
    static func insert(
        _ document: ParsedDocument, _ operation: ShardOperation, _ result: ShardWriteResult, ordinal: UInt32,
        in database: Database
    ) throws {
        let statement = try database.cachedStatement(sql: "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)")
        try statement.execute(arguments: [
            ordinal, operation.id, result.version, result.sequenceNumber, operation.routing,
            document.source.map { Data($0) },
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
    ///
    /// Field indexes are ordered by value, so each is read from end to end: meant for many ordinals at once.
    ///
    /// - Returns: how many documents each field lost.
    static func purge(_ ordinals: [UInt32], in database: Database) throws -> [String: Int] {
        try database.execute(
            sql: "CREATE TEMP TABLE IF NOT EXISTS purged (ordinal INTEGER PRIMARY KEY); DELETE FROM purged")
        let insert = try database.cachedStatement(sql: "INSERT INTO purged VALUES (?)")
        for ordinal in ordinals { try insert.execute(arguments: [ordinal]) }
        let lost = try Row.fetchAll(
            database,
            sql: """
                SELECT name, count(*) FROM field_names JOIN fields ON number = field
                WHERE ordinal IN (SELECT ordinal FROM purged) GROUP BY field
                """)
        for table in ["terms", "longs", "doubles", "field_names", "documents", "tombstones"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE ordinal IN (SELECT ordinal FROM purged)")
        }
        var counts: [String: Int] = [:]
        for row in lost {
            let name: String = try row.value(0)
            let count: Int = try row.value(1)
            counts[name] = count
            try database.execute(
                sql: "UPDATE fields SET documents = documents - ? WHERE name = ?", arguments: [count, name])
        }
        return counts
    }
}
