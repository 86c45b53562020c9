internal import JSON

/// `sparse_vector`: tokens with weights, as learned sparse encoders give them.
struct SparseVectorType: TypeDefinition {
    static let entry = TypeRegistry.Entry(
        parameters: [
            .meta, MappingParameter("store", .boolean(default: false)), MappingParameter("index_options", .object, updatable: true),
        ]
    ) { (_, _) throws(MappingError) in SparseVectorType() }

    var name: String { "sparse_vector" }
    var takesObjects: Bool { true }
    var column: ValueColumn { .features }

    func isSearchable(_ field: FieldMapping) -> Bool { true }

    func read(
        _ value: JSONElement, _ field: FieldMapping, _ context: DocumentReader.Context, into reader: inout DocumentReader
    ) throws(DocumentParsingError) {
        try FeatureReading(type: name, keepsGreatest: true).read(value, context, into: &reader)
    }

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        .feature(scalar.text)
    }

    func checkPatterns(_ query: String) throws(ValueError) { throw .queryNotSupported(query, type: name) }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        element.isNull ? [] : [JSONValue(element)]
    }
}
