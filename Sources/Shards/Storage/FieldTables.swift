internal import Foundation
internal import GRDB
internal import JSON

/// The field indexes' tables of format version 2.
enum FieldTables {
    /// Drops the tables. What they hold of documents whose `_source` lacks it is kept beside the source: of documents without
    /// one, everything; of all, which vectors they have. Other fields that a source leaves out are found again once the
    /// document is written again.
    static func migrate(_ database: Database) throws {
        try database.execute(sql: "ALTER TABLE documents ADD COLUMN unstored BLOB")
        var fields: [Int64: String] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT number, name FROM fields") { fields[try row.value(0)] = try row.value(1) }
        for row in try Row.fetchAll(database, sql: "SELECT ordinal FROM documents WHERE source IS NULL") {
            let ordinal: Int64 = try row.value(0)
            try set(try everything(of: ordinal, fields, database), ordinal, database)
        }
        var vectors: [Int64: [(String, JSONValue)]] = [:]
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT ordinal, name FROM field_names JOIN fields ON number = field
                WHERE name IN (SELECT field FROM vector_fields)
                AND ordinal IN (SELECT ordinal FROM documents WHERE source IS NOT NULL)
                """)
        while let row = try rows.next() { vectors[try row.value(0), default: []].append((try row.value(1), .object([:]))) }
        for (ordinal, names) in vectors { try set(JSONMembers(names), ordinal, database) }
        for table in ["terms", "longs", "doubles", "field_names", "fields"] { try database.execute(sql: "DROP TABLE \(table)") }
    }

    private static func set(_ members: JSONMembers, _ ordinal: Int64, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE documents SET unstored = ? WHERE ordinal = ?",
            arguments: [Data(JSONValue.object(members).serialized()), ordinal])
    }

    /// As `ParsedDocument.restore` reads it. Texts had no positions: they are terms.
    private static func everything(of ordinal: Int64, _ fields: [Int64: String], _ database: Database) throws -> JSONMembers {
        var lists: [String: [(String, JSONValue)]] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT field FROM field_names WHERE ordinal = ?", arguments: [ordinal]) {
            if let name = fields[try row.value(0)] { lists[name] = [] }
        }
        for (table, key) in [("terms", "terms"), ("longs", "longs"), ("doubles", "doubles")] {
            var values: [String: [JSONValue]] = [:]
            for row in try Row.fetchAll(
                database, sql: "SELECT field, value FROM \(table) WHERE ordinal = ?", arguments: [ordinal])
            {
                guard let name = fields[try row.value(0)] else { continue }
                let value: JSONValue
                switch table {
                case "terms": value = .string(try row.value(1))
                case "longs": value = .int(try row.value(1))
                default: value = .int(Int(bitPattern: UInt((try row.value(1) as Double).bitPattern)))
                }
                values[name, default: []].append(value)
            }
            for (name, list) in values { lists[name, default: []].append((key, .array(list))) }
        }
        return JSONMembers(lists.sorted { $0.key < $1.key }.map { ($0.key, .object(JSONMembers($0.value))) })
    }
}
