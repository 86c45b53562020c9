public import JSON

/// A value before a field's type gives it its meaning: from a document, a query, or a `null_value`.
public enum ScalarValue: Equatable, Hashable, Sendable {
    case string(String)
    case integer(Int)
    case unsigned(UInt64)
    case double(Double)
    case boolean(Bool)

    /// Nil for objects, arrays and null.
    public init?(_ element: JSONElement) {
        switch element.kind {
        case .string: self = .string(element.string ?? "")
        case .integer: self = .integer(element.int ?? 0)
        case .unsigned:
            self = element.int.map { .integer($0) } ?? .unsigned(element.unsigned)
        case .double: self = .double(element.double ?? 0)
        case .boolean: self = .boolean(element.bool ?? false)
        case .object, .array, .null: return nil
        }
    }

    init?(_ value: JSONValue) {
        switch value {
        case .string(let value): self = .string(value)
        case .int(let value): self = .integer(value)
        case .unsigned(let value): self = .unsigned(value)
        case .double(let value): self = .double(value)
        case .float(let value): self = .double(Double(value))
        case .bool(let value): self = .boolean(value)
        case .null, .array, .floats, .object, .raw: return nil
        }
    }

    /// As text, the way Elasticsearch indexes it under `keyword`.
    public var text: String {
        switch self {
        case .string(let value): value
        case .integer(let value): String(value)
        case .unsigned(let value): String(value)
        case .double(let value): value.description
        case .boolean(let value): value ? "true" : "false"
        }
    }
}

extension JSONElement {
    fileprivate var unsigned: UInt64 {
        if case .unsigned(let value) = JSONValue(self) { value } else { 0 }
    }
}
