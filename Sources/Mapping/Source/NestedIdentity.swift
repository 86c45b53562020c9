public import JSON

/// Where a nested object stands in its document: a hit's `_nested`.
public struct NestedIdentity: Equatable, Sendable {
    /// One level down.
    public struct Step: Equatable, Sendable {
        /// The path from the object around it.
        public var field: String
        /// The place among the objects of this path in the object around it.
        public var offset: Int

        public init(field: String, offset: Int) {
            self.field = field
            self.offset = offset
        }
    }

    /// From the root inwards; never empty.
    public var steps: [Step]

    public init(steps: [Step]) {
        self.steps = steps
    }

    /// The objects' full path.
    public var path: String { steps.map(\.field).joined(separator: ".") }

    /// The object in its document's source; nil if the source lacks it.
    ///
    /// - Complexity: O(*n*) in the source's members on the way.
    public func object(in source: JSONElement) -> JSONElement? {
        var element = source
        for step in steps {
            let objects = FieldsExtraction.values(at: step.field, in: element).filter { $0.object != nil }
            guard objects.indices.contains(step.offset) else { return nil }
            element = objects[step.offset]
        }
        return element
    }

    /// The source without all but this object, which stands where it stood, alone.
    public func isolated(in source: JSONElement) -> JSONValue {
        guard let object = object(in: source) else { return [:] }
        let names = steps.flatMap { $0.field.split(separator: ".").map(String.init) }
        return names.reversed().reduce(JSONValue(object)) { .object(JSONMembers([($1, $0)])) }
    }

    /// The object in a source that holds nothing else, whatever was filtered out of it; empty if nothing is left.
    public func object(inIsolated source: JSONValue) -> JSONValue {
        var value = source
        for name in steps.flatMap({ $0.field.split(separator: ".").map(String.init) }) {
            guard let next = value.object?[name] else { return [:] }
            value = next
        }
        return value
    }
}
