internal import JSON

/// What makes an index one of those that a data stream is of.
public struct DataStreamMembership: Equatable, Sendable {
    /// The field that each document of a data stream has one value of.
    public static let timestampField = "@timestamp"

    /// The stream's.
    public var name: String
    /// The number of the index in the stream, from 1; the last one is written to.
    public var generation: Int
    public var options: DataStreamOptions

    public init(name: String, generation: Int, options: DataStreamOptions = DataStreamOptions()) {
        self.name = name
        self.generation = generation
        self.options = options
    }

    /// Reads what `encoded` wrote.
    init?(_ value: JSONValue?) {
        guard let name = value?["name"]?.string, let generation = value?["generation"]?.int else { return nil }
        self.init(name: name, generation: generation, options: DataStreamOptions(value?["options"] ?? [:]))
    }

    var encoded: JSONValue { ["name": .string(name), "generation": .int(generation), "options": options.encoded] }

    /// The name of the index of a generation: `.ds-logs-2026.11.26-000001`.
    static func indexName(of stream: String, generation: Int, now: Int64) -> String {
        let digits = String(generation)
        let date = DateMathName.day(now)
        return ".ds-\(stream)-\(date)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}

/// What an index template says of the data streams that it makes: `data_stream`.
public struct DataStreamOptions: Equatable, Sendable {
    /// Whether only patterns that ask for hidden names match it.
    public var isHidden = false
    public var allowsCustomRouting = false

    public init() {}

    init(_ value: JSONValue) {
        isHidden = value["hidden"]?.bool ?? false
        allowsCustomRouting = value["allow_custom_routing"]?.bool ?? false
    }

    /// As `GET _index_template` shows it.
    var encoded: JSONValue { ["hidden": .bool(isHidden), "allow_custom_routing": .bool(allowsCustomRouting)] }
}
