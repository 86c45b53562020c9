internal import JSON
internal import SQL

/// What stands in a column or a condition, bound to the table's fields.
enum SQLValue: Equatable, Sendable {
    enum Metric: String, Sendable {
        case sum, avg, min, max
    }

    case literal(SQLLiteral)
    case field(SQLSchema.Field)
    case score
    /// Rows of a group.
    case count
    /// Rows of a group that have a value.
    case countOf(SQLSchema.Field)
    case countDistinct(SQLSchema.Field)
    case metric(Metric, SQLSchema.Field)

    /// Whether it is of a group, not of a row.
    var isAggregate: Bool {
        switch self {
        case .count, .countOf, .countDistinct, .metric: true
        case .literal, .field, .score: false
        }
    }

    var type: SQLType {
        switch self {
        case .literal(let literal): literal.type
        case .field(let field): field.type
        case .score: .float
        case .count, .countOf, .countDistinct: .long
        case .metric(.avg, _): .double
        case .metric(.sum, let field): field.type.isWhole ? .long : .double
        case .metric(.min, let field), .metric(.max, let field): field.type
        }
    }
}

extension SQLLiteral {
    var type: SQLType {
        switch self {
        case .null: .null
        case .boolean: .boolean
        case .integer(let value): Int32(exactly: value) == nil ? .long : .integer
        case .double: .double
        case .string: .keyword
        }
    }

    var json: JSONValue {
        switch self {
        case .null: .null
        case .boolean(let value): .bool(value)
        case .integer(let value): .int(Int(value))
        case .double(let value): .double(value)
        case .string(let value): .string(value)
        }
    }
}
