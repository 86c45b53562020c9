internal import Analysis
internal import Indices
internal import JSON

/// Settings as JSON: their full keys, or objects in objects.
enum SettingsJSON {
    /// Elasticsearch 9.1's version of new indices.
    static let indexVersion = "9033000"

    /// - Parameter settings: by full key, in order.
    static func object(_ settings: [(String, JSONValue)], isFlat: Bool) -> JSONValue {
        if isFlat { return .object(settings.members) }
        var root = JSONValue.object([:])
        for (key, value) in settings { set(value, at: key.split(separator: ".").map(String.init)[...], in: &root) }
        return root
    }

    static func object(_ settings: [String: SettingValue], isFlat: Bool) -> JSONValue {
        object(settings.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }, isFlat: isFlat)
    }

    static func object(_ settings: [String: String], isFlat: Bool) -> JSONValue {
        object(settings.mapValues { SettingValue.string($0) }, isFlat: isFlat)
    }

    /// An index's: those that were given, and those that every index has, all as strings.
    static func all(_ metadata: IndexMetadata) -> [String: SettingValue] {
        var values = metadata.settings.given
        values["index.creation_date"] = .string(String(metadata.creationMilliseconds))
        values["index.number_of_replicas"] = .string(String(metadata.settings.effectiveReplicas))
        values["index.number_of_shards"] = .string(String(metadata.settings.numberOfShards))
        values["index.provided_name"] = .string(metadata.name)
        values["index.uuid"] = .string(metadata.uuid)
        values["index.version.created"] = .string(indexVersion)
        if metadata.isClosed { values["index.verified_before_close"] = "true" }
        return values
    }

    private static func set(_ value: JSONValue, at path: ArraySlice<String>, in target: inout JSONValue) {
        guard let key = path.first else {
            target = value
            return
        }
        var members = target.object ?? [:]
        // A setting that is also the beginning of others keeps its full key.
        if path.count > 1, let other = members[key], other.object == nil {
            members[path.joined(separator: ".")] = value
            target = .object(members)
            return
        }
        var child = members[key] ?? .object([:])
        set(value, at: path.dropFirst(), in: &child)
        members[key] = child
        target = .object(members)
    }
}
