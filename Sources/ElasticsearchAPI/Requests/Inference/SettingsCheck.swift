internal import JSON

/// Reads the settings of an inference endpoint and gathers all that is wrong with them, as Elasticsearch does.
struct SettingsCheck {
    let settings: JSONMembers
    /// The object they stand in.
    let scope: String
    var problems: [String] = []

    init(_ settings: JSONMembers, scope: String) {
        self.settings = settings
        self.scope = scope
    }

    /// A whole number; nil where none is given.
    mutating func int(_ name: String) -> Int? {
        switch settings[name] {
        case nil, .null?: return nil
        case .int(let value)?: return value
        case .some(let other):
            problems.append(Self.notWhole(name, other))
            return nil
        }
    }

    /// A number above zero; nil where none is given.
    mutating func positive(_ name: String, atMost limit: Int) -> Int? {
        guard let value = int(name) else { return nil }
        if (1...max(1, limit)).contains(value) { return value }
        problems.append(Self.outOfRange(name, value, 1...max(1, limit), scope: scope))
        return nil
    }

    /// - Throws: what was found, numbered.
    func finish() throws(ElasticsearchError) {
        if !problems.isEmpty { throw ElasticsearchError(status: 400, "validation_exception", Self.failure(problems)) }
    }

    // MARK: Words

    static func notWhole(_ name: String, _ value: JSONValue) -> String {
        "field [\(name)] is not of the expected type. The value [\(value.javaText)] cannot be converted to a [Integer]"
    }

    static func outOfRange(_ name: String, _ value: Int, _ range: ClosedRange<Int>, scope: String) -> String {
        let wanted =
            if value < 0 || (value == 0 && range.lowerBound > 0) {
                "a positive integer"
            } else if value < range.lowerBound {
                "a greater than or equal to [\(range.lowerBound)]"
            } else {
                "a less than or equal to [\(range.upperBound)]"
            }
        return "[\(scope)] Invalid value [\(value)]. [\(name)] must be \(wanted)"
    }

    static func failure(_ problems: [String]) -> String {
        "Validation Failed: " + problems.enumerated().map { "\($0.offset + 1): \($0.element);" }.joined()
    }
}

extension JSONValue {
    /// As Java prints it, for what is said of unexpected settings.
    var javaText: String {
        switch self {
        case .string(let text): text
        case .object(let members): "{\(members.map { "\($0.key)=\($0.value.javaText)" }.joined(separator: ", "))}"
        case .array(let values): "[\(values.map(\.javaText).joined(separator: ", "))]"
        default: String(decoding: serialized(), as: UTF8.self)
        }
    }
}
