/// A node of the mapping's tree.
public enum MappingNode: Equatable, Sendable {
    case object(ObjectMapping)
    case field(FieldMapping)
}

/// An object field: named properties below it.
public struct ObjectMapping: Equatable, Sendable {
    /// What a field that is not mapped means.
    public enum Dynamic: String, Equatable, Sendable {
        /// It is added to the mapping.
        case adding = "true"
        /// It is kept in `_source` and not indexed.
        case ignoring = "false"
        /// The document is refused.
        case strict
        /// It becomes a runtime field, which is read out of `_source` when a search asks for it.
        case runtime
    }

    /// Nil: as the enclosing object says.
    public var dynamic: Dynamic?
    /// When false, what is below stays in `_source`, neither parsed nor indexed.
    public var isEnabled: Bool
    /// When false, nothing below is an object: names of properties have dots, and objects in documents are only another way to
    /// write them. Nil: not set, which is true.
    public var subobjects: Bool?
    public var properties: [String: MappingNode]
    /// Set where each object is a document of its own (`type: nested`).
    public var nested: NestedOptions?

    public init(
        dynamic: Dynamic? = nil, isEnabled: Bool = true, subobjects: Bool? = nil, properties: [String: MappingNode] = [:],
        nested: NestedOptions? = nil
    ) {
        self.dynamic = dynamic
        self.isEnabled = isEnabled
        self.subobjects = subobjects
        self.properties = properties
        self.nested = nested
    }
}
