internal import GRDB
internal import VectorIndex

/// The definitions of vector fields, as the database keeps them.
enum VectorFieldTable {
    static let schema = """
        CREATE TABLE vector_fields (
            field TEXT PRIMARY KEY, dimensions INTEGER NOT NULL, metric TEXT NOT NULL, m INTEGER, ef_construction INTEGER,
            element_type TEXT NOT NULL DEFAULT 'float', quantization TEXT NOT NULL DEFAULT 'none'
        ) WITHOUT ROWID;
        """
    /// From the table of format version 1.
    static let migration = """
        ALTER TABLE vector_fields ADD COLUMN element_type TEXT NOT NULL DEFAULT 'float';
        ALTER TABLE vector_fields ADD COLUMN quantization TEXT NOT NULL DEFAULT 'none';
        """

    static func all(in database: Database) throws -> [VectorFieldDefinition] {
        let columns = "field, dimensions, metric, m, ef_construction, element_type, quantization"
        return try Row.fetchAll(database, sql: "SELECT \(columns) FROM vector_fields").map { row in
            let m: Int? = try row.optionalValue(3)
            let efConstruction: Int? = try row.optionalValue(4)
            let graph = m.flatMap { m in
                efConstruction.map { VectorFieldDefinition.Graph(m: m, efConstruction: $0) }
            }
            return VectorFieldDefinition(
                field: try row.value(0), dimensions: try row.value(1), metric: try named(row.value(2)), graph: graph,
                elementType: try named(row.value(5)), quantization: try named(row.value(6)))
        }
    }

    static func insert(_ definition: VectorFieldDefinition, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO vector_fields VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                definition.field, definition.dimensions, definition.metric.rawValue, definition.graph?.m,
                definition.graph?.efConstruction, definition.elementType.rawValue, definition.quantization.rawValue,
            ])
    }

    private static func named<Value: RawRepresentable<String>>(_ name: String) throws -> Value {
        guard let value = Value(rawValue: name) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "unknown \(Value.self) \(name)")
        }
        return value
    }
}
