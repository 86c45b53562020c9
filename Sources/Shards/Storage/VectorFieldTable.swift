internal import GRDB
internal import VectorIndex

/// The definitions of vector fields, as the database keeps them.
enum VectorFieldTable {
    static func all(in database: Database) throws -> [VectorFieldDefinition] {
        try Row.fetchAll(database, sql: "SELECT field, dimensions, metric, m, ef_construction FROM vector_fields").map {
            row in
            let metricName: String = try row.value(2)
            guard let metric = Metric(rawValue: metricName) else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "unknown metric \(metricName)")
            }
            let m: Int? = try row.optionalValue(3)
            let efConstruction: Int? = try row.optionalValue(4)
            let graph = m.flatMap { m in
                efConstruction.map { VectorFieldDefinition.Graph(m: m, efConstruction: $0) }
            }
            return VectorFieldDefinition(
                field: try row.value(0), dimensions: try row.value(1), metric: metric, graph: graph)
        }
    }

    static func insert(_ definition: VectorFieldDefinition, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO vector_fields VALUES (?, ?, ?, ?, ?)",
            arguments: [
                definition.field, definition.dimensions, definition.metric.rawValue, definition.graph?.m,
                definition.graph?.efConstruction,
            ])
    }
}
