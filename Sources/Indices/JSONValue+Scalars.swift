internal import JSON

extension JSONValue {
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    var int: Int? { if case .int(let value) = self { value } else { nil } }
    /// A text, a number or a boolean as text.
    var scalarText: String? {
        switch self {
        case .string(let value): value
        case .bool(let value): String(value)
        case .int(let value): String(value)
        case .double(let value): String(value)
        default: nil
        }
    }
}

extension JSONValue? {
    /// The strings of an array.
    var strings: [String] { self?.array?.compactMap(\.string) ?? [] }
}
