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

    mutating func refuseOthers(than known: Set<String>, as strategy: String) {
        let others = settings.map(\.key).filter { !known.contains($0) }
        if !others.isEmpty {
            problems.append("\(strategy) chunking settings can not have the following settings: [\(others.joined(separator: ", "))]")
        }
    }

    /// A whole number; nil where none is given.
    mutating func int(_ name: String) -> Int? {
        switch settings[name] {
        case nil, .null?: return nil
        case .int(let value)?: return value
        case .some(let other):
            problems.append("field [\(name)] is not of the expected type. The value [\(other.javaText)] cannot be converted to a [Integer]")
            return nil
        }
    }

    /// A whole number that must be given.
    mutating func required(_ name: String, in range: ClosedRange<Int>) -> Int? {
        if settings[name] == nil { problems.append("[\(scope)] does not contain the required setting [\(name)]") }
        return int(name).flatMap { check($0, name, range) }
    }

    /// A number above zero; nil where none is given.
    mutating func positive(_ name: String, atMost limit: Int) -> Int? { int(name).flatMap { check($0, name, 1...limit) } }

    private mutating func check(_ value: Int, _ name: String, _ range: ClosedRange<Int>) -> Int? {
        if range.contains(value) { return value }
        let wanted =
            if value < 0 || (value == 0 && range.lowerBound > 0) {
                "a positive integer"
            } else if value < range.lowerBound {
                "a greater than or equal to [\(range.lowerBound)]"
            } else {
                "a less than or equal to [\(range.upperBound)]"
            }
        problems.append("[\(scope)] Invalid value [\(value)]. [\(name)] must be \(wanted)")
        return nil
    }

    /// - Throws: what was found, numbered.
    func finish() throws(ElasticsearchError) {
        guard !problems.isEmpty else { return }
        let list = problems.enumerated().map { "\($0.offset + 1): \($0.element);" }.joined()
        throw ElasticsearchError(status: 400, "validation_exception", "Validation Failed: \(list)")
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
