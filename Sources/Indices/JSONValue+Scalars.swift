internal import JSON

extension JSONValue {
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    var int: Int? { if case .int(let value) = self { value } else { nil } }
}

extension JSONValue? {
    /// The strings of an array.
    var strings: [String] { self?.array?.compactMap(\.string) ?? [] }
}
