internal import JSON

/// `join`: what a document is in a relation of parents and children, which are documents of one shard.
///
/// The index holds the name of what a document is under the field's own name, and a child's parent's `_id` in a field beside it.
struct JoinType: TypeDefinition {
    var relations = JoinRelations(children: [:])

    static let entry = TypeRegistry.Entry(
        parameters: [
            MappingParameter("relations", .object, updatable: true), MappingParameter("eager_global_ordinals", .boolean(default: true), updatable: true),
        ]
    ) { (values, field) throws(MappingError) in
        var children: [String: [String]] = [:]
        for member in values["relations"]?.object ?? [:] {
            let names = member.value.string.map { [$0] } ?? member.value.array?.compactMap(\.string) ?? []
            guard !names.isEmpty else {
                throw .malformedParameter(name: "relations", field: field, value: member.value, expected: .object)
            }
            children[member.key] = names
        }
        return JoinType(relations: JoinRelations(children: children))
    }

    var name: String { "join" }
    var takesObjects: Bool { true }
    var column: ValueColumn { .terms }

    func isSearchable(_ field: FieldMapping) -> Bool { true }

    func allows(_ parameter: String, from old: JSONValue, to new: JSONValue) -> Bool { parameter == "relations" }

    func read(
        _ value: JSONElement, _ field: FieldMapping, _ context: DocumentReader.Context, into reader: inout DocumentReader
    ) throws(DocumentParsingError) {
        if value.isNull { return }
        func refuse(_ cause: ValueError) -> DocumentParsingError {
            .join(cause)
        }
        let members = value.object
        guard let own = value.string ?? members?["name"]?.string else { throw refuse(.joinNameMissing(field: context.path)) }
        guard relations.names.contains(own) else { throw refuse(.unknownJoinName(own, field: context.path)) }
        reader.result.fieldNames.insert(context.path)
        reader.result.values.append(.init(field: context.path, value: .term(own)))
        guard let parent = relations.parent(of: own) else { return }
        guard let id = members?["parent"].flatMap({ ScalarValue($0) })?.text else { throw refuse(.joinParentMissing(field: context.path)) }
        guard reader.hasRouting else { throw .join(.joinRoutingMissing(field: context.path)) }
        reader.result.values.append(.init(field: JoinRelations.parentField(context.path, parent), value: .term(id)))
    }

    func indexedValues(_ scalar: ScalarValue, _ field: FieldMapping) throws(ValueError) -> [IndexedValue] { [.term(scalar.text)] }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        (element.string ?? element.object?["name"]?.string).map { [.string($0)] } ?? []
    }
}

/// Which relations a `join` field has.
public struct JoinRelations: Equatable, Sendable {
    /// Names of children, by their parent's.
    public var children: [String: [String]]

    public init(children: [String: [String]]) { self.children = children }

    public var names: Set<String> { Set(children.keys).union(children.values.joined()) }

    /// Nil for what is no child.
    public func parent(of name: String) -> String? { children.first { $0.value.contains(name) }?.key }

    /// The field that holds the `_id`s of parents of a name.
    public static func parentField(_ field: String, _ parent: String) -> String { field + "#" + parent }
}

extension Mapping {
    /// The `join` field; nil where there is none. Of several the first counts.
    public var join: (field: String, relations: JoinRelations)? {
        for (path, field) in leaves.sorted(by: { $0.key < $1.key }) {
            if case .served(let served) = field.type, let join = served.definition as? JoinType { return (path, join.relations) }
        }
        return nil
    }
}
