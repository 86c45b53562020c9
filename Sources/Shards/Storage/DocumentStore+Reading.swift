internal import Foundation
internal import GRDB
internal import Mapping
internal import Ordinals

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
    func document(id: String) throws(ShardError) -> ShardDocument? {
        // Two statements need one snapshot: the row might be purged between them.
        try read { database in
            try database.inTransactionIfNeeded {
                guard let ordinal = try Self.identity(of: id, in: database)?.ordinal else { return nil }
                return try Self.documents(StatementList([ordinal]), includingSource: true, in: database).first
            }
        }
    }

    /// The rows of documents, in the order of the ordinals.
    ///
    /// - Parameter includingSource: sources are most of what there is to read.
    func documents(_ ordinals: [UInt32], includingSource: Bool) throws(ShardError) -> [ShardDocument] {
        if ordinals.isEmpty { return [] }
        return try read { database in
            var found: [UInt32: ShardDocument] = [:]
            try database.inTransactionIfNeeded {
                for part in StatementList.parts(of: ordinals) {
                    for document in try Self.documents(part, includingSource: includingSource, in: database) {
                        found[document.ordinal] = document
                    }
                }
            }
            return try ordinals.map { ordinal in
                guard let document = found[ordinal] else {
                    throw ShardError.damagedFile(path: path, reason: "the row of document \(ordinal) is missing")
                }
                return document
            }
        }
    }

    /// The rows that exist, in any order.
    private static func documents(
        _ ordinals: StatementList<UInt32>, includingSource: Bool, in database: Database
    ) throws -> [ShardDocument] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT ordinal, id, version, seq_no, routing\(includingSource ? ", source" : "") FROM documents \
                WHERE ordinal IN (\(ordinals.marks))
                """)
        let rows = try Row.fetchCursor(statement, arguments: StatementArguments(ordinals.values))
        var documents: [ShardDocument] = []
        documents.reserveCapacity(ordinals.values.count)
        while let row = try rows.next() {
            documents.append(
                ShardDocument(
                    ordinal: try row.value(0), id: try row.value(1), version: try row.value(2),
                    sequenceNumber: try row.value(3), routing: try row.optionalValue(4),
                    source: includingSource
                        ? try row.withUnsafeData(atIndex: 5) { data in data.map { [UInt8]($0) } } : nil))
        }
        return documents
    }

    /// What models made of documents' semantic fields, by ordinal; of those that have any.
    func inference(of ordinals: [UInt32]) throws(ShardError) -> [UInt32: InferenceFields] {
        if ordinals.isEmpty { return [:] }
        return try read { database in
            var found: [UInt32: InferenceFields] = [:]
            for part in StatementList.parts(of: ordinals) {
                let statement = try database.cachedStatement(
                    sql: "SELECT ordinal, unstored FROM documents WHERE ordinal IN (\(part.marks)) AND unstored IS NOT NULL")
                let rows = try Row.fetchCursor(statement, arguments: StatementArguments(part.values))
                while let row = try rows.next() {
                    let bytes = try row.withUnsafeData(atIndex: 1) { data in data.map { [UInt8]($0) } }
                    found[try row.value(0)] = bytes.flatMap { InferenceFields(unstored: $0) }
                }
            }
            return found
        }
    }

    /// Every ordinal that an id has or had and that is not purged.
    ///
    /// - Complexity: O(ids · log documents + limit / 64).
    func ordinals(ids: [String], below limit: UInt32) throws(ShardError) -> OrdinalSet {
        try read { database in
            var words = [UInt64](repeating: 0, count: (Int(limit) + 63) / 64)
            for part in StatementList.parts(of: ids) {
                let statement = try database.cachedStatement(
                    sql: """
                        SELECT ordinal FROM ids WHERE id IN (\(part.marks)) AND ordinal IS NOT NULL
                        UNION ALL SELECT ordinal FROM tombstones WHERE id IN (\(part.marks))
                        """)
                let cursor = try Int64.fetchCursor(statement, arguments: StatementArguments(part.values + part.values))
                while let ordinal = try cursor.next() {
                    guard ordinal >= 0, ordinal < limit else { continue }
                    words[Int(ordinal >> 6)] |= 1 << UInt64(ordinal & 63)
                }
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
