public import Indices
public import JSON
internal import Mapping

/// What `GET /{index}`, `_mapping`, `_settings` and `_alias` say of an index.
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
    public static func json(
        _ indices: [IndexMetadata], features: Set<Feature>, flatSettings: Bool, includesDefaults: Bool = false
    ) -> JSONValue {
        object(indices) {
            IndexDescription($0).json(features: features, flatSettings: flatSettings, includesDefaults: includesDefaults)
        }
    }

    /// `{"name": {"mappings": {…}}, …}`
    public static func mappings(_ indices: [IndexMetadata]) -> JSONValue {
        object(indices) { ["mappings": $0.mapping.encoded] }
    }

    /// `{"name": {"settings": {…}}, …}`
    ///
    /// - Parameter names: settings that are wanted, with `*`; nil for all.
    public static func settings(
        _ indices: [IndexMetadata], names: [String]?, isFlat: Bool, includesDefaults: Bool
    ) -> JSONValue {
        let patterns = names.map { names in names.map { WildcardPattern($0 == "_all" ? "*" : $0) } }
        let isWanted = { (key: String) in patterns?.contains { $0.matches(key) } ?? true }
        var members: [(String, JSONValue)] = []
        for index in indices {
            let all = SettingsJSON.all(index)
            let chosen = all.filter { isWanted($0.key) }
            var description: JSONMembers = ["settings": SettingsJSON.object(chosen, isFlat: isFlat)]
            if includesDefaults {
                let defaults = KnownSettings.standardValues.filter { all[$0.key] == nil && isWanted($0.key) }
                description["defaults"] = SettingsJSON.object(defaults, isFlat: isFlat)
            }
            if !chosen.isEmpty || includesDefaults { members.append((index.name, .object(description))) }
        }
        return .object(members.members)
    }

    private static func object(_ indices: [IndexMetadata], _ value: (IndexMetadata) -> JSONValue) -> JSONValue {
        .object(indices.map { ($0.name, value($0)) }.members)
    }

    private func json(features: Set<Feature>, flatSettings: Bool, includesDefaults: Bool) -> JSONValue {
        var members: JSONMembers = [:]
        if features.contains(.aliases) { members["aliases"] = AliasesResponse.object(metadata.dataStream == nil ? metadata.aliases : [:]) }
        if features.contains(.mappings) { members["mappings"] = metadata.mapping.encoded }
        if features.contains(.settings) {
            let all = SettingsJSON.all(metadata)
            members["settings"] = SettingsJSON.object(all, isFlat: flatSettings)
            if includesDefaults {
                members["defaults"] = SettingsJSON.object(
                    KnownSettings.standardValues.filter { all[$0.key] == nil }, isFlat: flatSettings)
            }
        }
        members["data_stream"] = metadata.dataStream.map { .string($0.name) }
        return .object(members)
    }
}
