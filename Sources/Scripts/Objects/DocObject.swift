/// `doc`: the fields of the document that is looked at.
final class DocObject: ScriptObject {
    let document: any DocumentValues
    private var read: [String: FieldValuesObject] = [:]

    init(_ document: any DocumentValues) {
        self.document = document
    }

    let typeName = "org.elasticsearch.search.lookup.LeafDocLookup"
    var text: String { "doc" }

    func element(_ key: ScriptValue, _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        guard case .string(let field) = key else { throw .cannotCast(from: key.typeName, to: "java.lang.String") }
        return .object(try values(of: field))
    }

    func values(of field: String) throws(ScriptFault) -> FieldValuesObject {
        if let known = read[field] { return known }
        guard let values = try document.values(of: field) else { throw .unmappedField(field) }
        let object = FieldValuesObject(field, values)
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
