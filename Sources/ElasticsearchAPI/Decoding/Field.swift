internal import JSON

/// One member of an object in a body, with getters as lenient as Elasticsearch's.
struct Field {
    let name: String
    let value: Node
    let parser: Parser

    var element: JSONElement { value.element }
    var path: JSONPath { value.path }

    /// The error for a value of the wrong kind.
    var unexpected: ParseError { parser.unexpected(self) }

    func string() throws(ParseError) -> String {
        guard let string = element.string else { throw unexpected }
        return string
    }

    /// Any scalar as text: identifiers may be written as numbers.
    func text() throws(ParseError) -> String {
        guard let text = value.text else { throw unexpected }
        return text
    }

    /// A boolean, or `"true"` or `"false"`.
    func bool() throws(ParseError) -> Bool {
        if let bool = element.bool { return bool }
        switch try string() {
        case "true": return true
        case "false": return false
        case let other:
            throw .argument("Failed to parse value [\(other)] as only [true] or [false] are allowed.", at: path)
        }
    }

    /// A number, or a string that reads as one.
    func double() throws(ParseError) -> Double {
        if let double = element.double { return double }
        let text = try string()
        guard let double = Double(text), double.isFinite else {
            throw ParseError(.other("number_format_exception", [:]), "For input string: \"\(text)\"", at: path)
        }
        return double
    }

    func float() throws(ParseError) -> Float {
        let float = Float(try double())
        guard float.isFinite else { throw .argument("[\(name)] is out of range for a float", at: path) }
        return float
    }

    /// A whole number of 32 bits; a fraction is cut off, as Elasticsearch coerces it.
    func int() throws(ParseError) -> Int {
        let double = try double()
        guard let int = Int32(exactly: double.rounded(.towardZero)) else {
            throw .argument("Value [\(value.text ?? "")] is out of range for an integer", at: path)
        }
        return Int(int)
    }

    /// A string or an array of scalars.
    func strings() throws(ParseError) -> [String] {
        guard let elements = value.elements else { return [try text()] }
        var strings: [String] = []
        for element in elements {
            guard let text = element.text else { throw unexpected }
            strings.append(text)
        }
        return strings
    }

    /// The value itself if it is no array, else its elements.
    func oneOrMany() -> [Node] {
        value.elements ?? [value]
    }

    /// Runs a nested parser; its failure is reported as the cause of this field's, as `ObjectParser` does.
    func wrapping<Value>(_ decode: () throws(ParseError) -> Value) throws(ParseError) -> Value {
        do {
            return try decode()
        } catch {
            guard case .object(let name) = parser else { throw error }
            throw ParseError(.content, "[\(name)] failed to parse field [\(self.name)]", at: path, causedBy: error)
        }
    }
}

extension Node {
    /// A scalar as text; nil for null, objects and arrays.
    var text: String? {
        switch element.kind {
        case .string: element.string
        case .integer, .unsigned: element.int.map(String.init) ?? element.double.map { String($0) }
        case .double: element.double.map { String($0) }
        case .boolean: element.bool.map { String($0) }
        case .object, .array, .null: nil
        }
    }
}
