internal import Files
public import JSON

/// What the node keeps beside its indices: settings and templates, in `cluster.json`, replaced whole when it changes.
public struct ClusterMetadata: Equatable, Sendable {
    private static let formatVersion = 1

    /// Counts the changes.
    public var version = 0
    /// Settings that outlive a restart, by their full key.
    public var persistentSettings: [String: String] = [:]
    public var indexTemplates: [String: IndexTemplate] = [:]
    public var componentTemplates: [String: ComponentTemplate] = [:]
    /// The older kind of template, which an index gets only where no template of the newer kind matches it.
    public var legacyTemplates: [String: LegacyTemplate] = [:]
    public var votingExclusions: [VotingExclusion] = []
    /// A change of indices that goes on; nil: none.
    var aliasIntent: AliasIntent?
    /// Parts that other areas keep here, by the area's name: ingest pipelines, stored scripts.
    public var sections: [String: JSONMembers] = [:]

    public init() {}

    /// - Throws: `IndicesError.damagedFile`, `.file`.
    init(reading path: String) throws(IndicesError) {
        guard try IndicesError.wrapping(Path.exists(path)) else { return }
        let bytes = try IndicesError.wrapping(File.contents(of: path))
        guard let document = try? JSONDocument(parsing: bytes), let members = JSONValue(document.root).object else {
            throw .damagedFile(path: path, reason: "it is not JSON")
        }
        guard members["format_version"] == .int(Self.formatVersion) else {
            throw .damagedFile(path: path, reason: "its format version is not \(Self.formatVersion)")
        }
        version = members["version"]?.int ?? 0
        for member in members["settings"]?.object ?? [:] { persistentSettings[member.key] = member.value.string }
        for member in members["index_templates"]?.object ?? [:] { indexTemplates[member.key] = IndexTemplate(member.value) }
        for member in members["component_templates"]?.object ?? [:] {
            componentTemplates[member.key] = ComponentTemplate(member.value)
        }
        for member in members["templates"]?.object ?? [:] { legacyTemplates[member.key] = LegacyTemplate(member.value) }
        votingExclusions = members["voting_config_exclusions"]?.array?.compactMap { VotingExclusion($0) } ?? []
        aliasIntent = AliasIntent(members["alias_intent"])
        for member in members["sections"]?.object ?? [:] { sections[member.key] = member.value.object }
    }

    func save(as path: String) throws(IndicesError) {
        var document: JSONMembers = [
            "format_version": .int(Self.formatVersion), "version": .int(version),
            "settings": .object(Self.members(persistentSettings.mapValues { .string($0) })),
            "component_templates": .object(Self.members(componentTemplates.mapValues(\.encoded))),
            "index_templates": .object(Self.members(indexTemplates.mapValues(\.encoded))),
            "templates": .object(Self.members(legacyTemplates.mapValues(\.encoded))),
            "voting_config_exclusions": .array(votingExclusions.map(\.json)),
            "sections": .object(Self.members(sections.mapValues { .object($0) })),
        ]
        document["alias_intent"] = aliasIntent?.encoded
        try IndicesError.wrapping(File.replace(path, with: JSONValue.object(document).serialized(pretty: true)))
    }

    private static func members(_ values: [String: JSONValue]) -> JSONMembers {
        JSONMembers(values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
}
