public import JSON
internal import Mapping

/// A template of the older kind: all that match an index are laid over each other, in their order.
public struct LegacyTemplate: Equatable, Sendable {
    public var patterns: [String]
    public var order: Int
    public var version: Int?
    public var body: TemplateBody

    public init(patterns: [String], order: Int = 0, version: Int? = nil, body: TemplateBody) {
        self.patterns = patterns
        self.order = order
        self.version = version
        self.body = body
    }

    init(_ value: JSONValue) {
        self.init(
            patterns: value["index_patterns"].strings, order: value["order"]?.int ?? 0, version: value["version"]?.int,
            body: TemplateBody(value))
    }

    var encoded: JSONValue { encoded { .object(JSONMembers($0)) } }

    /// As `GET _template` shows it.
    public func encoded(_ writeSettings: ([(String, JSONValue)]) -> JSONValue) -> JSONValue {
        var members: JSONMembers = ["order": .int(order)]
        members["version"] = version.map { .int($0) }
        members["index_patterns"] = .array(patterns.map { .string($0) })
        let parts = body.members(writeSettings)
        members["settings"] = parts["settings"] ?? [:]
        members["mappings"] = parts["mappings"] ?? [:]
        members["aliases"] = parts["aliases"] ?? [:]
        return .object(members)
    }

    func matches(_ index: String) -> Bool { patterns.contains { WildcardPattern($0).matches(index) } }
}
