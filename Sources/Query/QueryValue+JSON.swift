public import JSON

extension QueryValue {
    /// A scalar; nil for null, objects and arrays.
    public init?(_ element: JSONElement) {
        switch element.kind {
        case .string:
            guard let value = element.string else { return nil }
            self = .string(value)
        case .integer:
            guard let value = element.int else { return nil }
            self = .integer(value)
        case .unsigned:
            guard case .unsigned(let value) = JSONValue(element) else { return nil }
            self = .unsigned(value)
        case .double:
            guard let value = element.double else { return nil }
            self = .double(value)
        case .boolean:
            guard let value = element.bool else { return nil }
            self = .boolean(value)
        case .object, .array, .null: return nil
        }
    }

    /// The same of a value.
    public init?(_ value: JSONValue) {
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
}
