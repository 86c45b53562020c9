internal import JSON

extension JSONValue {
    /// Java's name of the class, for errors.
    var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "java.lang.Boolean"
        case .int(let value): Int32(exactly: value) == nil ? "java.lang.Long" : "java.lang.Integer"
        case .unsigned: "java.math.BigInteger"
        case .double: "java.lang.Double"
        case .float: "java.lang.Float"
        case .string: "java.lang.String"
        case .array, .floats: "java.util.ArrayList"
        case .object, .raw: "java.util.HashMap"
        }
    }

    /// As a template shows it: scalars as text, the rest as JSON; null is nothing.
    var templateText: String {
        switch self {
        case .null: ""
        default: plainText ?? String(decoding: serialized(), as: UTF8.self)
        }
    }

    /// A scalar as text.
    var plainText: String? {
        switch self {
        case .string(let value): value
        case .bool(let value): String(value)
        case .int(let value): String(value)
        case .unsigned(let value): String(value)
        case .double(let value): value.description
        case .float(let value): value.description
        case .null, .array, .floats, .object, .raw: nil
        }
    }

    var isNull: Bool { if case .null = self { true } else { false } }
}
