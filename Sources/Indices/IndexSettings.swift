public import JSON
internal import Mapping

/// An index's settings: the ones that this program acts on, typed, and the accepted rest as it was given.
public struct IndexSettings: Equatable, Sendable {
    public static let maximumShards = 1024
    public static let defaultMaximumResultWindow = 10_000

    /// Fixed when the index is created.
    public var numberOfShards = 1
    /// Accepted and reported; there is one node, so no replica is ever assigned.
    public var numberOfReplicas = 1
    /// Nil: never by itself (`-1`).
    public var refreshInterval: Duration? = .seconds(1)
    /// The largest `from + size`.
    public var maximumResultWindow = Self.defaultMaximumResultWindow
    /// Settings given by the client, by their full key (`index.refresh_interval`), values as Elasticsearch keeps
    /// them: strings.
    public private(set) var given: [String: String] = [:]

    public init() {}

    /// Reads the `settings` object of a request: nested or dotted keys, with or without `index.` in front, values as
    /// strings, numbers or booleans; null is as if the key were absent.
    ///
    /// - Throws: `IndicesError.unknownSetting`, `.invalidSetting`.
    public init(_ settings: JSONElement) throws(IndicesError) {
        for (key, value) in try Self.flattened(settings).sorted(by: { $0.key < $1.key }) {
            try set(key, value)
        }
    }

    private mutating func set(_ key: String, _ value: String) throws(IndicesError) {
        switch key {
        case "index.number_of_shards":
            numberOfShards = try Self.integer(key, value, in: 1...Self.maximumShards)
        case "index.number_of_replicas":
            numberOfReplicas = try Self.integer(key, value, in: 0...Int(Int32.max))
        case "index.max_result_window":
            maximumResultWindow = try Self.integer(key, value, in: 1...Int(Int32.max))
        case "index.refresh_interval":
            refreshInterval = try Self.refreshInterval(key, value)
        default:
            guard KnownSettings.isAccepted(key) else { throw .unknownSetting(key) }
        }
        given[key] = value
    }

    private static func integer(_ key: String, _ value: String, in range: ClosedRange<Int>) throws(IndicesError) -> Int {
        guard let number = Int(value) else {
            throw .invalidSetting(key: key, value: value, reason: "Failed to parse value [\(value)] for setting [\(key)]")
        }
        if number < range.lowerBound {
            throw .invalidSetting(
                key: key, value: value,
                reason: "Failed to parse value [\(value)] for setting [\(key)] must be >= \(range.lowerBound)")
        }
        if number > range.upperBound {
            throw .invalidSetting(
                key: key, value: value,
                reason: "Failed to parse value [\(value)] for setting [\(key)] must be <= \(range.upperBound)")
        }
        return number
    }

    private static func refreshInterval(_ key: String, _ value: String) throws(IndicesError) -> Duration? {
        if value == "-1" { return nil }
        guard let duration = TimeValue.parse(value) else {
            throw .invalidSetting(
                key: key, value: value,
                reason: "failed to parse setting [\(key)] with value [\(value)] as a time value: unit is missing or unrecognized")
        }
        return duration
    }

    private static func flattened(_ element: JSONElement) throws(IndicesError) -> [String: String] {
        var values: [String: String] = [:]
        try flatten(element, path: "", into: &values)
        return values
    }

    private static func flatten(
        _ element: JSONElement, path: String, into values: inout [String: String]
    ) throws(IndicesError) {
        switch element.kind {
        case .object:
            guard let object = element.object else { return }
            for (key, value) in object {
                try flatten(value, path: path.isEmpty ? key : path + "." + key, into: &values)
            }
        case .null: break
        case .string, .integer, .unsigned, .double, .boolean, .array:
            let key = path.hasPrefix("index.") ? path : "index." + path
            values[key] = text(element)
        }
    }

    private static func text(_ element: JSONElement) -> String {
        if let string = element.string { return string }
        if let array = element.array { return array.map(text).joined(separator: ",") }
        return String(decoding: JSONValue(element).serialized(), as: UTF8.self)
    }
}
