public import JSON
internal import Mapping

/// A composable index template.
///
/// Source: https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-indices-put-index-template
public struct IndexTemplate: Equatable, Sendable {
    public var patterns: [String]
    /// Names of component templates, each laid over those before it.
    public var components: [String]
    /// Of these components it is no error that they are missing.
    public var optionalComponents: [String]
    /// Laid over the components.
    public var body: TemplateBody?
    /// The largest of all that match an index counts; nil is 0.
    public var priority: Int?
    public var version: Int?
    public var meta: JSONValue?
    /// Overrides `action.auto_create_index`.
    public var allowsAutomaticCreation: Bool?
    public var isDeprecated: Bool?
    /// Names that match are data streams; nil: they are indices.
    public var dataStream: DataStreamOptions?

    public init(
        patterns: [String], components: [String] = [], optionalComponents: [String] = [], body: TemplateBody? = nil,
        priority: Int? = nil, version: Int? = nil, meta: JSONValue? = nil, allowsAutomaticCreation: Bool? = nil,
        isDeprecated: Bool? = nil
    ) {
        self.patterns = patterns
        self.components = components
        self.optionalComponents = optionalComponents
        self.body = body
        self.priority = priority
        self.version = version
        self.meta = meta
        self.allowsAutomaticCreation = allowsAutomaticCreation
        self.isDeprecated = isDeprecated
    }

    /// Reads what `encoded` wrote.
    init(_ value: JSONValue) {
        self.init(
            patterns: value["index_patterns"].strings, components: value["composed_of"].strings,
            optionalComponents: value["ignore_missing_component_templates"].strings,
            body: value["template"].map { TemplateBody($0) }, priority: value["priority"]?.int, version: value["version"]?.int,
            meta: value["_meta"], allowsAutomaticCreation: value["allow_auto_create"]?.bool,
            isDeprecated: value["deprecated"]?.bool)
        dataStream = value["data_stream"].map { DataStreamOptions($0) }
    }

    var encoded: JSONValue { encoded { .object(JSONMembers($0)) } }

    /// As `GET _index_template` shows it.
    public func encoded(_ writeSettings: ([(String, JSONValue)]) -> JSONValue) -> JSONValue {
        var members: JSONMembers = ["index_patterns": .array(patterns.map { .string($0) })]
        members["template"] = body.map { .object($0.members(writeSettings)) }
        members["composed_of"] = .array(components.map { .string($0) })
        members["priority"] = priority.map { .int($0) }
        members["version"] = version.map { .int($0) }
        members["_meta"] = meta
        members["data_stream"] = dataStream?.encoded
        members["allow_auto_create"] = allowsAutomaticCreation.map { .bool($0) }
        if !optionalComponents.isEmpty {
            members["ignore_missing_component_templates"] = .array(optionalComponents.map { .string($0) })
        }
        members["deprecated"] = isDeprecated.map { .bool($0) }
        return .object(members)
    }

    func matches(_ index: String) -> Bool { patterns.contains { WildcardPattern($0).matches(index) } }

    /// Whether some name could match both.
    func overlaps(_ other: IndexTemplate) -> Bool {
        patterns.contains { pattern in other.patterns.contains { PatternOverlap.exists(Array(pattern.utf8), Array($0.utf8)) } }
    }
}
