/// `doc`: the fields of the document that is looked at.
final class DocObject: ScriptObject {
    private(set) var document: any DocumentValues
    /// What was read, of this document or of one before.
    private var read: [String: FieldValuesObject] = [:]
    private var moves = 0

    init(_ document: any DocumentValues) {
        self.document = document
    }

    /// Goes on to another document: what scripts hold of the one before becomes this one's, as in Elasticsearch.
    func move(to document: any DocumentValues) {
        self.document = document
        moves += 1
    }

    let typeName = "org.elasticsearch.search.lookup.LeafDocLookup"
    var text: String { "doc" }

    func element(_ key: ScriptValue, _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        guard case .string(let field) = key else { throw .cannotCast(from: key.typeName, to: "java.lang.String") }
        return .object(try values(of: field))
    }

    func values(of field: String) throws(ScriptFault) -> FieldValuesObject {
        guard let object = try mappedValues(of: field) else { throw .unmappedField(field) }
        return object
    }

    /// - Returns: nil for a field that is not mapped.
    func mappedValues(of field: String) throws(ScriptFault) -> FieldValuesObject? {
        let known = read[field]
        if let known, known.moves == moves { return known }
        guard let values = try document.values(of: field) else { return nil }
        let object = known ?? FieldValuesObject(field)
        object.update(values, moves)
        read[field] = object
        return object
    }

    func member(_ name: String, _ run: Interpreter) throws(ScriptFault) -> ScriptValue? { .object(try values(of: name)) }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("get", 1): return try element(arguments[0], run)
        case ("containsKey", 1):
            guard case .string(let field) = arguments[0] else { return .bool(false) }
            return .bool(try document.values(of: field) != nil)
        default: return nil
        }
    }
}
