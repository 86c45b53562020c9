public import Indices
public import JSON
internal import Mapping

/// What `GET /{index}` and `GET /{index}/_mapping` say of an index.
public struct IndexDescription: Sendable {
    /// The parts of an index that can be asked for.
    public enum Feature: String, CaseIterable, Sendable {
        case aliases, mappings, settings
    }

    private let metadata: IndexMetadata

    public init(_ metadata: IndexMetadata) {
        self.metadata = metadata
    }

    /// `{"name": {"aliases": {}, "mappings": {…}, "settings": {…}}, …}`
    public static func json(_ indices: [IndexMetadata], features: Set<Feature>, flatSettings: Bool) -> JSONValue {
        object(indices) { IndexDescription($0).json(features: features, flatSettings: flatSettings) }
    }

    /// `{"name": {"mappings": {…}}, …}`
    public static func mappings(_ indices: [IndexMetadata]) -> JSONValue {
        object(indices) { ["mappings": $0.mapping.encoded] }
    }

    private static func object(_ indices: [IndexMetadata], _ value: (IndexMetadata) -> JSONValue) -> JSONValue {
        .object(indices.map { ($0.name, value($0)) }.members)
    }

    private func json(features: Set<Feature>, flatSettings: Bool) -> JSONValue {
        var members: JSONMembers = [:]
        if features.contains(.aliases) { members["aliases"] = [:] }
        if features.contains(.mappings) { members["mappings"] = metadata.mapping.encoded }
        if features.contains(.settings) { members["settings"] = flatSettings ? .object(settings.members) : nestedSettings }
        return .object(members)
    }

    /// Those that were given, and those that every index has, all as strings.
    private var settings: [(String, JSONValue)] {
        var values = metadata.settings.given
        values["index.creation_date"] = String(metadata.creationMilliseconds)
        values["index.number_of_replicas"] = String(metadata.settings.numberOfReplicas)
        values["index.number_of_shards"] = String(metadata.settings.numberOfShards)
        values["index.provided_name"] = metadata.name
        values["index.uuid"] = metadata.uuid
        values["index.version.created"] = Self.indexVersion
        let lists = metadata.settings.givenLists.mapValues { JSONValue.array($0.map { .string($0) }) }
        return values.mapValues { JSONValue.string($0) }.merging(lists) { $1 }.sorted { $0.key < $1.key }
            .map { ($0.key, $0.value) }
    }

    /// Elasticsearch 9.1's.
    private static let indexVersion = "9033000"

    private var nestedSettings: JSONValue {
        var root = JSONValue.object([:])
        for (key, value) in settings { Self.set(value, at: key.split(separator: ".").map(String.init)[...], in: &root) }
        return root
    }

    private static func set(_ value: JSONValue, at path: ArraySlice<String>, in target: inout JSONValue) {
        guard let key = path.first else {
            target = value
            return
        }
        var members = target.object ?? [:]
        var child = members[key] ?? .object([:])
        set(value, at: path.dropFirst(), in: &child)
        members[key] = child
        target = .object(members)
    }
}
