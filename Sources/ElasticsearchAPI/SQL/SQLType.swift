/// The types of columns.
///
/// Source: https://www.elastic.co/docs/reference/query-languages/sql/sql-data-types
enum SQLType: String, Sendable {
    case null, boolean, byte, short, integer, long, double, float, keyword, text, datetime, ip, version, binary, object, nested
    case unsignedLong = "unsigned_long"
    case halfFloat = "half_float"
    case scaledFloat = "scaled_float"
    case geoPoint = "geo_point"
    /// Of a field that no statement can read.
    case unsupported

    /// - Parameter family: a field's type as `_field_caps` names it.
    init(family: String) {
        switch family {
        case "date", "date_nanos": self = .datetime
        default: self = SQLType(rawValue: family) ?? .unsupported
        }
    }

    /// As `DESCRIBE` shows it.
    var sqlName: String {
        switch self {
        case .null: "NULL"
        case .boolean: "BOOLEAN"
        case .byte: "TINYINT"
        case .short: "SMALLINT"
        case .integer: "INTEGER"
        case .long: "BIGINT"
        case .unsignedLong: "NUMERIC"
        case .double, .scaledFloat: "DOUBLE"
        case .float: "REAL"
        case .halfFloat: "FLOAT"
        case .keyword, .text, .ip, .version: "VARCHAR"
        case .datetime: "TIMESTAMP"
        case .binary: "VARBINARY"
        case .geoPoint: "GEOMETRY"
        case .object, .nested: "STRUCT"
        case .unsupported: "OTHER"
        }
    }

    var isWhole: Bool {
        switch self {
        case .byte, .short, .integer, .long, .unsignedLong: true
        default: false
        }
    }

    var isNumeric: Bool {
        switch self {
        case .double, .float, .halfFloat, .scaledFloat: true
        default: isWhole
        }
    }

    /// Whether values can be compared with a constant.
    var isComparable: Bool {
        switch self {
        case .boolean, .keyword, .text, .datetime, .ip, .version: true
        default: isNumeric
        }
    }

    /// Whether rows can be brought together or in order by such values.
    var isSortable: Bool { isComparable }
}
