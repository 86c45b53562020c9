internal import Foundation
internal import GRDB
internal import VectorIndex

extension DocumentStore {
    /// What an id's row says: its last change, and where the document is unless that was a delete.
    struct Identity {
        var ordinal: UInt32?
        var version: Int64
        var sequenceNumber: Int64
    }

    static func identity(of id: String, in database: Database) throws -> Identity? {
        let statement = try database.cachedStatement(sql: "SELECT ordinal, version, seq_no FROM ids WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id]).map { row in
            Identity(ordinal: try row.optionalValue(0), version: try row.value(1), sequenceNumber: try row.value(2))
        }
    }

    /// The document that an id has now, refreshed or not.
    func document(id: String) throws(ShardError) -> StoredDocument? {
        // Two statements need one snapshot: the row might be purged between them.
        try read { database in
            try database.inTransactionIfNeeded {
                guard let ordinal = try Self.identity(of: id, in: database)?.ordinal else { return nil }
                return try Self.document(ordinal, in: database)
            }
        }
    }

    func documents(_ ordinals: [UInt32]) throws(ShardError) -> [StoredDocument] {
        if ordinals.isEmpty { return [] }
        return try read { database in
            try ordinals.map { ordinal in
                guard let document = try Self.document(ordinal, in: database) else {
                    throw ShardError.damagedFile(path: path, reason: "the row of document \(ordinal) is missing")
                }
                return document
            }
        }
    }

    private static func document(_ ordinal: UInt32, in database: Database) throws -> StoredDocument? {
        let statement = try database.cachedStatement(
            sql: "SELECT id, version, seq_no, routing, source FROM documents WHERE ordinal = ?")
        return try Row.fetchOne(statement, arguments: [ordinal]).map { row in
            StoredDocument(
                ordinal: ordinal, id: try row.value(0), version: try row.value(1), sequenceNumber: try row.value(2),
                routing: try row.optionalValue(3),
                source: try row.withUnsafeData(atIndex: 4) { data in data.map { [UInt8]($0) } })
        }
    }

    /// The ordinals that a statement's first column gives, as a set over `0..<limit`.
    ///
    /// - Complexity: O(rows + limit / 64).
    func ordinals(below limit: UInt32, sql: String, arguments: StatementArguments) throws(ShardError) -> OrdinalSet {
        try read { database in
            var words = [UInt64](repeating: 0, count: (Int(limit) + 63) / 64)
            let statement = try database.cachedStatement(sql: sql)
            let cursor = try Int64.fetchCursor(statement, arguments: arguments)
            while let ordinal = try cursor.next() {
                guard ordinal >= 0, ordinal < limit else { continue }
                words[Int(ordinal >> 6)] |= 1 << UInt64(ordinal & 63)
            }
            return OrdinalSet(words: words)
        }
    }
}

extension Database {
    fileprivate func inTransactionIfNeeded<Value>(_ body: () throws -> Value) throws -> Value {
        if isInsideTransaction { return try body() }
        var value: Value?
        try inTransaction(.deferred) {
            value = try body()
            return .commit
        }
        guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return value
    }
}
