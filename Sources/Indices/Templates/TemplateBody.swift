public import Analysis
public import JSON

/// What a template gives to an index: settings, mappings, aliases.
public struct TemplateBody: Equatable, Sendable {
    /// By their full key; nil where the template has no `settings`.
    public var settings: [String: SettingValue]?
    /// An object, as it was written.
    public var mappings: JSONValue?
    public var aliases: [String: AliasMetadata]?

    public init(settings: [String: SettingValue]? = nil, mappings: JSONValue? = nil, aliases: [String: AliasMetadata]? = nil) {
        self.settings = settings
        self.mappings = mappings
        self.aliases = aliases
    }

    /// Reads what `encoded` wrote.
    init(_ value: JSONValue) {
        if let members = value["settings"]?.object {
            settings = Dictionary(
                members.compactMap { member in SettingValue(member.value).map { (member.key, $0) } }, uniquingKeysWith: { $1 })
        }
        mappings = value["mappings"]
        if let members = value["aliases"]?.object {
            aliases = Dictionary(members.map { ($0.key, AliasMetadata($0.value)) }, uniquingKeysWith: { $1 })
        }
    }

    var encoded: JSONValue { .object(members { .object(JSONMembers($0)) }) }

    /// The parts that are given.
    ///
    /// - Parameter writeSettings: makes a JSON object of settings in order of their keys.
    public func members(_ writeSettings: ([(String, JSONValue)]) -> JSONValue) -> JSONMembers {
        var members = JSONMembers()
        if let settings {
            members["settings"] = writeSettings(settings.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) })
        }
        members["mappings"] = mappings
        if let aliases {
            members["aliases"] = .object(JSONMembers(aliases.sorted { $0.key < $1.key }.map { ($0.key, $0.value.encoded) }))
        }
        return members
    }

    /// This with another laid over it: its settings and aliases win, its mappings are merged into these.
    func overlaid(by other: TemplateBody) -> TemplateBody {
        var result = self
        if let settings = other.settings { result.settings = (result.settings ?? [:]).merging(settings) { $1 } }
        if let mappings = other.mappings {
            result.mappings = MappingOverlay.merge(result.mappings ?? .object([:]), mappings)
        }
        if let aliases = other.aliases { result.aliases = (result.aliases ?? [:]).merging(aliases) { $1 } }
        return result
    }
}
