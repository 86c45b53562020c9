internal import Files
internal import Foundation
internal import GRDB

/// A shard's database: the documents.
///
/// Every write of a document has an ordinal of its own, larger than all before it, and rows of an ordinal never
/// change: a reader needs no snapshot, only the set of ordinals that it may see. A superseded ordinal becomes a
/// tombstone, and its rows stay until they are purged.
final class DocumentStore: Sendable {
    static let fileName = "documents.sqlite"
    /// Version 1 knew vectors of floats only; version 2 had tables for field indexes; version 3 had no nested objects.
    static let formatVersion: Int64 = 4
    /// Pages of the log that a commit lets pile up before it moves them into the database: 64 MB.
    private static let logPages = 16_384
    /// Bytes of the database that are mapped. A miss there reads megabytes ahead: where memory is short, pages are read one by
    /// one instead.
    private static let mappedBytes = min(1 << 30, SystemMemory.limit / 8)
    /// What the log's file keeps when nothing is in it.
    private static let idleLogBytes = 4 << 20

    let path: String
    let pool: DatabasePool

    /// Makes an empty database in a directory that has none.
    static func create(in directory: String) throws(ShardError) {
        let path = path(in: directory)
        try translating(path) {
            let database = try DatabaseQueue(path: path)
            try database.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                try database.inTransaction {
                    try database.execute(sql: schema)
                    return .commit
                }
            }
            try database.close()
        }
        try ShardError.wrapping(Directory.synchronize(directory))
    }

    static func path(in directory: String) -> String { directory + "/" + fileName }

    /// Opens the database in a directory.
    ///
    /// - Throws: `ShardError.damagedFile` if it is missing: an empty one in its place would pass for a shard that never
    ///   had documents.
    init(directory: String, readers: Int) throws(ShardError) {
        let path = Self.path(in: directory)
        self.path = path
        guard try ShardError.wrapping(Path.exists(path)) else { throw .damagedFile(path: path, reason: "it is missing") }
        pool = try Self.translating(path) {
            var configuration = Configuration()
            configuration.maximumReaderCount = readers
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA mmap_size = \(Self.mappedBytes); PRAGMA cache_size = -32768")
            }
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.writeWithoutTransaction { database in
                // GRDB chooses NORMAL, which may lose the last commits when power fails.
                // The log's file is cut to the limit once all that is in it is in the database.
                try database.execute(
                    sql: """
                        PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = \(Self.logPages);
                        PRAGMA journal_size_limit = \(Self.idleLogBytes)
                        """)
                guard try database.tableExists("meta") else {
                    throw ShardError.damagedFile(path: path, reason: "it has no tables")
                }
            }
            return pool
        }
        let version = try formatVersionOnDisk()
        guard let version, (1...Self.formatVersion).contains(version) else {
            throw .unsupportedFormat(path: path, version: version ?? 0)
        }
        if version < Self.formatVersion { try migrate(from: version) }
    }

    private func formatVersionOnDisk() throws(ShardError) -> Int64? {
        try read { database in
            try Int64.fetchOne(database, sql: "SELECT value FROM meta WHERE key = 'format_version'")
        }
    }

    /// Brings a database of an older version to this one, wholly or not at all.
    private func migrate(from version: Int64) throws(ShardError) {
        try write { database in
            if version == 1 { try database.execute(sql: VectorFieldTable.migration) }
            if version < 3 { try FieldTables.migrate(database) }
            try database.execute(sql: NestedRows.schema)
            try database.execute(
                sql: "UPDATE meta SET value = ? WHERE key = 'format_version'", arguments: [Self.formatVersion])
        }
    }

    /// Reads outside any transaction: rows that a reader may see do not change.
    func read<Value>(_ body: (Database) throws -> Value) throws(ShardError) -> Value {
        try Self.translating(path) { try pool.unsafeRead(body) }
    }

    /// Runs `body` on the one writing connection, in a transaction that is durable on return.
    func write<Value>(_ body: (Database) throws -> Value) throws(ShardError) -> Value {
        try Self.translating(path) { try pool.write(body) }
    }

    /// Moves the log into the database.
    func checkpoint() throws(ShardError) {
        _ = try Self.translating(path) {
            try pool.writeWithoutTransaction { database in
                // Of a closed database, SQLite would follow a null pointer.
                guard database.sqliteConnection != nil else { throw ShardError.closed(path: path) }
                // A reader in the way keeps part of the log; the next checkpoint takes it.
                try database.checkpoint(.passive)
            }
        }
    }

    func close() throws(ShardError) {
        try Self.translating(path) { try pool.close() }
    }

    private static func translating<Value>(_ path: String, _ body: () throws -> Value) throws(ShardError) -> Value {
        do {
            return try body()
        } catch let error as ShardError {
            throw error
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB:
                throw .damagedFile(path: path, reason: error.message ?? "malformed database")
            case .SQLITE_MISUSE: throw .closed(path: path)
            default:
                throw .database(
                    path: path, code: error.extendedResultCode.rawValue, reason: error.message ?? "unknown reason")
            }
        } catch let error as RowDecodingError {
            throw .damagedFile(path: path, reason: error.description)
        } catch {
            throw .database(path: path, code: -1, reason: String(describing: error))
        }
    }

    /// `ids` finds the current state of an id, deleted ones too; `documents` holds what an ordinal was written with:
    /// `unstored` is what is indexed of it and cannot be read from `source` again.
    private static let schema = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO meta VALUES ('format_version', \(formatVersion)), ('next_ordinal', 0), ('next_seq_no', 0);
        CREATE TABLE ids (
            id TEXT PRIMARY KEY, ordinal INTEGER, version INTEGER NOT NULL, seq_no INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE documents (
            ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL, version INTEGER NOT NULL, seq_no INTEGER NOT NULL,
            routing TEXT, source BLOB, unstored BLOB
        );
        CREATE TABLE tombstones (ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL);
        CREATE INDEX tombstones_by_id ON tombstones (id);
        \(NestedRows.schema)
        \(VectorFieldTable.schema)
        """
}
