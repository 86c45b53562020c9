internal import JSON

/// `constant_keyword`: one value of all documents of the index, given by the mapping or by the first document that has one.
struct ConstantKeywordType: TypeDefinition {
    var value: String?

    static let entry = TypeRegistry.Entry(parameters: [MappingParameter("value", .scalar), .meta]) {
        (values, _) throws(MappingError) in
        ConstantKeywordType(value: values["value"].flatMap { ScalarValue($0)?.text })
    }

    var name: String { "constant_keyword" }
    var family: String { "keyword" }
    var column: ValueColumn { .constant(value) }
    var existence: FieldMatch? { value == nil ? .nothing : .everything }

    func isSearchable(_ field: FieldMapping) -> Bool { true }

    func read(
        _ value: JSONElement, _ field: FieldMapping, _ context: DocumentReader.Context, into reader: inout DocumentReader
    ) throws(DocumentParsingError) {
        if let array = value.array {
            for element in array { try reader.read(element, node: reader.additions[context.path] ?? .field(field), context) }
            return
        }
        if value.isNull { return }
        guard let text = ScalarValue(value)?.text else {
            throw .malformedValue(field: context.path, type: name, preview: DocumentReader.preview(value), cause: .unexpectedObject)
        }
        guard let constant = self.value else {
            var parameters = field.parameters
            parameters["value"] = .string(text)
            reader.additions[context.path] = .field(
                FieldMapping(type: .served(ServedType(ConstantKeywordType(value: text))), parameters: parameters))
            return
        }
        guard constant == text else {
            throw .malformedValue(
                field: context.path, type: name, preview: text, cause: .notTheConstant(text, constant: constant, field: context.path))
        }
    }

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        scalar.text == value ? .everything : .nothing
    }

    func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, _ field: FieldMapping, _ dates: DateContext
    ) throws(ValueError) -> FieldMatch {
        guard let value else { return .nothing }
        func isBefore(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }
        if let lower, isBefore(value, lower.value.text) || !lower.isInclusive && value == lower.value.text { return .nothing }
        if let upper, isBefore(upper.value.text, value) || !upper.isInclusive && value == upper.value.text { return .nothing }
        return .everything
    }

    func checkPatterns(_ query: String) throws(ValueError) {}

    func allows(_ parameter: String, from old: JSONValue, to new: JSONValue) -> Bool { parameter == "value" && old == .null }
}
