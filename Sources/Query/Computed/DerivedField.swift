public import Mapping
public import Scripts

/// A field whose values a shard computes and then holds as it holds indexed ones: a runtime field, or what a sort or an
/// aggregation has computed.
public struct DerivedField: Equatable, Sendable {
    /// Where the values come from, scripts compiled and bound to the mapping.
    public enum Computation: Equatable, Sendable {
        case script(ValueScript)
        /// Each value of a field, changed by a script.
        case changed(field: String, ValueScript)
        /// The value at the field's path in the source.
        case source
        case distance(DistanceSort)
    }

    public var name: String
    /// How its values are indexed.
    public var field: FieldMapping
    public var computation: Computation
    /// Whether a document for which a script fails has no value.
    public var ignoresErrors: Bool

    public init(name: String, field: FieldMapping, computation: Computation, ignoresErrors: Bool = false) {
        self.name = name
        self.field = field
        self.computation = computation
        self.ignoresErrors = ignoresErrors
    }
}

/// A script field bound to a mapping.
public struct ScriptFieldPlan: Equatable, Sendable {
    public var name: String
    public var script: ValueScript
    public var ignoresFailure: Bool
}

/// A script that a shard runs for documents, with the mapping by which it reads their fields.
public struct ScriptPlan: Hashable, Sendable {
    public var script: ValueScript
    public var mapping: Mapping

    public init(script: ValueScript, mapping: Mapping) {
        self.script = script
        self.mapping = mapping
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(script) }
}
