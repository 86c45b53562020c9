internal import Mapping

/// The parameters after a URL's `?`, decoded, with getters as lenient as Elasticsearch's.
public struct QueryParameters: Equatable, Sendable {
    private let values: [String: String]

    /// - Parameter values: percent-decoded; a key without `=` has the empty value.
    public init(_ values: [String: String] = [:]) {
        self.values = values
    }

    public subscript(name: String) -> String? { values[name] }

    /// In alphabetical order.
    public var names: [String] { values.keys.sorted() }

    /// `true` or `false`; a key without a value is true.
    public func bool(_ name: String) throws(ElasticsearchError) -> Bool? {
        switch values[name] {
        case nil: nil
        case "true", "": true
        case "false": false
        case .some(let other):
            throw .illegalArgument("Failed to parse value [\(other)] as only [true] or [false] are allowed.")
        }
    }

    /// A whole number of 32 bits.
    public func int(_ name: String) throws(ElasticsearchError) -> Int? {
        try number(name, as: Int32.self, called: "int").map { Int($0) }
    }

    /// A finite number; nil where the parameter is not given.
    ///
    /// - Throws: 400 for anything else.
    public func float(_ name: String) throws(ElasticsearchError) -> Float? {
        guard let text = values[name] else { return nil }
        guard let float = Float(text), float.isFinite else {
            throw .illegalArgument("Failed to parse float parameter [\(name)] with value [\(text)]")
        }
        return float
    }

    /// A whole number of 64 bits.
    public func long(_ name: String) throws(ElasticsearchError) -> Int64? {
        try number(name, as: Int64.self, called: "long")
    }

    private func number<Number: FixedWidthInteger>(
        _ name: String, as type: Number.Type, called typeName: String
    ) throws(ElasticsearchError) -> Number? {
        guard let text = values[name] else { return nil }
        guard let number = Number(text) else {
            throw ElasticsearchError(
                status: 400, "illegal_argument_exception",
                "Failed to parse \(typeName) parameter [\(name)] with value [\(text)]",
                causedBy: ErrorCause("number_format_exception", "For input string: \"\(text)\""))
        }
        return number
    }

    /// A time value: `5s`, `500ms`.
    public func duration(_ name: String) throws(ElasticsearchError) -> Duration? {
        guard let text = values[name] else { return nil }
        guard let duration = TimeValue.parse(text) else {
            throw .illegalArgument(
                "failed to parse setting [\(name)] with value [\(text)] as a time value: unit is missing or unrecognized")
        }
        return duration
    }

    /// The parts of a comma-separated value, without the empty ones.
    public func list(_ name: String) -> [String]? {
        values[name].map { $0.split(separator: ",").map(String.init) }
    }
}
