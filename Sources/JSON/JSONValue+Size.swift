extension JSONValue {
    /// Bytes of memory, about.
    ///
    /// - Complexity: O(values).
    public var approximateBytes: Int {
        switch self {
        case .null, .bool, .int, .unsigned, .double, .float: 48
        case .string(let text): 64 + text.utf8.count
        case .array(let values): values.reduce(64) { $0 + $1.approximateBytes }
        case .floats(let values): 64 + 4 * values.count
        case .object(let members): members.approximateBytes
        case .raw(let text): 64 + text.count
        }
    }
}

extension JSONMembers {
    /// Bytes of memory, about.
    ///
    /// - Complexity: O(values).
    public var approximateBytes: Int { members.reduce(64) { $0 + 32 + $1.key.utf8.count + $1.value.approximateBytes } }
}
