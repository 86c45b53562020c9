public import JSON

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
