import JSON
import Mapping

/// The mapping that a JSON text describes.
func mapping(_ json: String) throws -> Mapping {
    try Mapping(decoding: try JSONDocument(parsing: json).root)
}

/// A mapping of these `properties`.
func mapping(properties json: String) throws -> Mapping {
    try mapping(#"{"properties":\#(json)}"#)
}

/// What `body` throws, if it is an error of this type.
func error<Failure: Error, Value>(_ type: Failure.Type, _ body: () throws -> Value) -> Failure? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? Failure
    }
}

extension JSONValue {
    var text: String { String(decoding: serialized(), as: UTF8.self) }
}

extension ParsedDocument {
    /// The indexed values of a field.
    func values(_ field: String) -> [IndexedValue] {
        values.filter { $0.field == field }.map(\.value)
            + texts.filter { $0.field == field }.flatMap { $0.tokens.map { .term($0.term) } }
    }
}

/// A document parsed by a mapping.
func parse(_ document: String, _ mapping: Mapping = Mapping()) throws -> ParsedDocument {
    try DocumentParser(mapping: mapping).parse(Array(document.utf8))
}
