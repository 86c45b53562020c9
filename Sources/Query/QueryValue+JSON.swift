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
}
