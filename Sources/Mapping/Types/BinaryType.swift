internal import JSON

/// `binary`: base64 that is kept and not searched.
struct BinaryType: TypeDefinition {
    static let entry = TypeRegistry.Entry(
        parameters: [MappingParameter("doc_values", .boolean(default: false)), .store, .meta, .copyTo]
    ) { (_, _) throws(MappingError) in BinaryType() }

    var name: String { "binary" }

    func isSearchable(_ field: FieldMapping) -> Bool { false }

    func read(
        _ value: JSONElement, _ field: FieldMapping, _ context: DocumentReader.Context, into reader: inout DocumentReader
    ) throws(DocumentParsingError) {
        if let array = value.array {
            for element in array { try read(element, field, context, into: &reader) }
            return
        }
        if value.isNull { return }
        guard let text = value.string, Self.isBase64(text) else {
            throw .malformedValue(
                field: context.path, type: name, preview: DocumentReader.preview(value), cause: .notBase64)
        }
        let isKept = field.parameters["doc_values"] == .bool(true) || field.parameters["store"] == .bool(true)
        if isKept { reader.result.fieldNames.insert(context.path) }
    }

    /// With or without padding; line breaks are let through.
    private static func isBase64(_ text: String) -> Bool {
        let digits = text.utf8.filter { $0 != 0x0A && $0 != 0x0D }
        let body = digits.prefix { $0 != UInt8(ascii: "=") }
        let padding = digits.count - body.count
        let isAlphabet = body.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || "+/-_".utf8.contains(byte)
        }
        return isAlphabet && body.count % 4 != 1 && (padding == 0 || (body.count + padding) % 4 == 0 && padding <= 2)
    }

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        throw .queryNotSupported("term", type: name)
    }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        element.string.map { [.string($0)] } ?? []
    }
}
