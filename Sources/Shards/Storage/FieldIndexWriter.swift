internal import GRDB
internal import Mapping

/// Writes rows of the field indexes, with statements prepared once a transaction.
struct FieldIndexWriter {
    private let database: Database
    private let terms: Statement
    private let longs: Statement
    private let doubles: Statement
    private let names: Statement
    private let newField: Statement
    /// Numbers of fields known before this transaction and of those it added.
    private(set) var numbers: [String: Int64]
    /// How many documents each field got here.
    private(set) var added: [String: Int] = [:]

    init(_ database: Database, numbers: [String: Int64]) throws {
        self.database = database
        self.numbers = numbers
        terms = try database.cachedStatement(sql: "INSERT OR IGNORE INTO terms VALUES (?, ?, ?)")
        longs = try database.cachedStatement(sql: "INSERT OR IGNORE INTO longs VALUES (?, ?, ?)")
        doubles = try database.cachedStatement(sql: "INSERT OR IGNORE INTO doubles VALUES (?, ?, ?)")
        names = try database.cachedStatement(sql: "INSERT INTO field_names VALUES (?, ?)")
        newField = try database.cachedStatement(sql: "INSERT INTO fields (name, documents) VALUES (?, 0)")
    }

    mutating func write(_ document: ParsedDocument, ordinal: UInt32) throws {
        for field in document.values {
            let number = try number(of: field.field)
            switch field.value {
            case .term(let term): try terms.execute(arguments: [number, term, ordinal])
            case .long(let value): try longs.execute(arguments: [number, value, ordinal])
            case .double(let value): try doubles.execute(arguments: [number, value, ordinal])
            }
        }
        for name in document.fieldNames {
            try names.execute(arguments: [try number(of: name), ordinal])
            added[name, default: 0] += 1
        }
    }

    /// Writes the counts of documents; to be called once, at the end.
    func finish() throws {
        let statement = try database.cachedStatement(sql: "UPDATE fields SET documents = documents + ? WHERE name = ?")
        for (name, count) in added { try statement.execute(arguments: [count, name]) }
    }

    private mutating func number(of name: String) throws -> Int64 {
        if let number = numbers[name] { return number }
        try newField.execute(arguments: [name])
        let number = database.lastInsertedRowID
        numbers[name] = number
        return number
    }
}
