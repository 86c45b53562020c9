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

/// A part of index templates.
public struct ComponentTemplate: Equatable, Sendable {
    public var body: TemplateBody
    public var version: Int?
    public var meta: JSONValue?
    public var isDeprecated: Bool?

    public init(body: TemplateBody, version: Int? = nil, meta: JSONValue? = nil, isDeprecated: Bool? = nil) {
        self.body = body
        self.version = version
        self.meta = meta
        self.isDeprecated = isDeprecated
    }

    init(_ value: JSONValue) {
        self.init(
            body: TemplateBody(value["template"] ?? [:]), version: value["version"]?.int, meta: value["_meta"],
            isDeprecated: value["deprecated"]?.bool)
    }

    var encoded: JSONValue { encoded { .object(JSONMembers($0)) } }

    /// As `GET _component_template` shows it.
    public func encoded(_ writeSettings: ([(String, JSONValue)]) -> JSONValue) -> JSONValue {
        var members: JSONMembers = ["template": .object(body.members(writeSettings))]
        members["version"] = version.map { .int($0) }
        members["_meta"] = meta
        members["deprecated"] = isDeprecated.map { .bool($0) }
        return .object(members)
    }
}

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

/// Whether two patterns with `*` have a name in common.
enum PatternOverlap {
    /// - Complexity: O(*n m*).
    static func exists(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let star = UInt8(ascii: "*")
        // row[j]: whether what is behind in `left` and the first j bytes of `right` have a name in common.
        var row = [Bool](repeating: false, count: right.count + 1)
        row[0] = true
        for (j, byte) in right.enumerated() where byte == star { row[j + 1] = row[j] }
        for byte in left {
            var next = [Bool](repeating: false, count: right.count + 1)
            next[0] = byte == star && row[0]
            for (j, other) in right.enumerated() {
                next[j + 1] =
                    byte == star || other == star ? row[j + 1] || next[j] || (byte == star && other == star && row[j])
                    : row[j] && byte == other
            }
            row = next
        }
        return row[right.count]
    }
}

extension JSONValue {
    var int: Int? { if case .int(let value) = self { value } else { nil } }
}

extension JSONValue? {
    /// The strings of an array.
    fileprivate var strings: [String] { self?.array?.compactMap(\.string) ?? [] }
}
