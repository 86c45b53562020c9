internal import JSON

/// `alias`: another name of a field. It takes no values, and whoever asks for it is given its target.
struct AliasType: TypeDefinition {
    var target: String

    static let entry = TypeRegistry.Entry(parameters: [MappingParameter("path", .string(default: nil), updatable: true)]) {
        (values, field) throws(MappingError) in
        guard let path = values["path"]?.string else { throw .missingParameter(name: "path", field: field) }
        return AliasType(target: path)
    }

    var name: String { "alias" }

    func read(
        _ value: JSONElement, _ field: FieldMapping, _ context: DocumentReader.Context, into reader: inout DocumentReader
    ) throws(DocumentParsingError) {
        throw .valueForAlias(field: context.path)
    }
}
