internal import JSON

/// A value in a body and the way to it.
struct Node {
    let element: JSONElement
    let path: JSONPath

    /// What Jackson calls this kind of token; Elasticsearch's errors name it.
    var token: String {
        switch element.kind {
        case .object: "START_OBJECT"
        case .array: "START_ARRAY"
        case .string: "VALUE_STRING"
        case .integer, .unsigned, .double: "VALUE_NUMBER"
        case .boolean: "VALUE_BOOLEAN"
        case .null: "VALUE_NULL"
        }
    }

    /// The elements of an array; nil for anything else.
    var elements: [Node]? {
        element.array?.enumerated().map { Node(element: $0.element, path: .index(path, $0.offset)) }
    }

    /// The members of an object, whatever their keys.
    ///
    /// - Throws: what `parser` says to a value that is no object, and to a key that stands twice.
    func members(of parser: Parser) throws(ParseError) -> [Field] {
        guard let object = element.object else { throw parser.expectedObject(self) }
        var seen = Set<String>()
        var fields: [Field] = []
        for (key, value) in object {
            let field = Field(name: key, value: Node(element: value, path: .key(path, key)), parser: parser)
            guard seen.insert(key).inserted else {
                throw ParseError(.content, "Duplicate field '\(key)'", at: field.value.path, isAtKey: true)
            }
            fields.append(field)
        }
        return fields
    }

    /// The members of an object whose keys are the cases of `Key`, in the order they were written.
    ///
    /// With a `switch` over the keys no case can be forgotten and no key can be ignored.
    ///
    /// - Throws: what `parser` says to an unknown key.
    func fields<Key: BodyKey>(_ keys: Key.Type, of parser: Parser) throws(ParseError) -> [(key: Key, field: Field)] {
        var fields: [(key: Key, field: Field)] = []
        for field in try members(of: parser) {
            guard let key = Key(rawValue: field.name) else {
                throw parser.unknown(field, known: Key.allCases.map(\.rawValue))
            }
            fields.append((key, field))
        }
        return fields
    }
}

/// The keys of one object in a body: an enumeration, so that a decoder's `switch` is complete.
protocol BodyKey: RawRepresentable<String>, CaseIterable, Sendable {}
