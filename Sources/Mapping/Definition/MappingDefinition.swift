internal import JSON

/// What clients write of a mapping.
struct MappingDefinition: Equatable, Sendable {
    var root = ObjectMapping()
    var source = SourceMapping()
    var dynamic = DynamicSettings()
    var routingRequired: Bool?
    var meta: JSONValue?
    var runtime = RuntimeFields()
}
