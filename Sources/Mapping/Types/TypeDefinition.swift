internal import JSON

/// All that a mapping knows of a field type which stands in a file of its own.
///
/// A new type conforms to this, and has its line in `TypeRegistry`. What most types have in common is given below: they read
/// scalars, are looked up by equal values, and show a value as it was indexed.
protocol TypeDefinition: Equatable, Sendable {
    /// Elasticsearch's name of the type.
    var name: String { get }
    /// The type as `_field_caps` names it: several may be one to who searches.
    var family: String { get }
    /// Where the values of documents are.
    var column: ValueColumn { get }
    /// How terms of the column are written.
    var coding: TermCoding { get }
    /// How texts are cut and scored; nil for what is looked up as a whole.
    var text: TextScoring? { get }

    /// Whether an object can be a value.
    var takesObjects: Bool { get }

    /// Whether queries find values.
    func isSearchable(_ field: FieldMapping) -> Bool
    /// Takes a document's value.
    func read(
        _ value: JSONElement, _ field: FieldMapping, _ context: DocumentReader.Context, into reader: inout DocumentReader
    ) throws(DocumentParsingError)
    /// What is indexed of a scalar.
    func indexedValues(_ scalar: ScalarValue, _ field: FieldMapping) throws(ValueError) -> [IndexedValue]
    /// What a `term` query finds.
    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch
    /// What a `range` query finds; at least one bound is given.
    func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, _ field: FieldMapping, _ dates: DateContext
    ) throws(ValueError) -> FieldMatch
    /// Whether `prefix`, `wildcard`, `regexp` and `fuzzy` look at the terms of the column.
    func checkPatterns(_ query: String) throws(ValueError)
    /// What `exists` finds; nil: documents that have the field.
    var existence: FieldMatch? { get }
    /// A value of a source as `fields` shows it.
    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue]
    /// Fields that come with one of this type, by their names below it.
    func implied(_ field: FieldMapping) -> [String: FieldMapping]
    /// The field of a name below one of this type that is not mapped by itself.
    func field(named key: String) -> FieldMapping?
    /// Whether a later mapping may set a parameter that else is fixed.
    func allows(_ parameter: String, from old: JSONValue, to new: JSONValue) -> Bool
}

extension TypeDefinition {
    var family: String { name }
    var column: ValueColumn { .none }
    var coding: TermCoding { .plain }
    var text: TextScoring? { nil }
    var takesObjects: Bool { false }
    var existence: FieldMatch? { nil }

    func isSearchable(_ field: FieldMapping) -> Bool {
        field.isIndexed || (column.isSorted && field.parameters["doc_values"] != .bool(false))
    }

    func read(
        _ value: JSONElement, _ field: FieldMapping, _ context: DocumentReader.Context, into reader: inout DocumentReader
    ) throws(DocumentParsingError) {
        try reader.readScalars(value, field, context)
    }

    func indexedValues(_ scalar: ScalarValue, _ field: FieldMapping) throws(ValueError) -> [IndexedValue] { [] }

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        try indexedValues(scalar, field).first.map { .value($0) } ?? .nothing
    }

    func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, _ field: FieldMapping, _ dates: DateContext
    ) throws(ValueError) -> FieldMatch {
        throw .queryNotSupported("range", type: name)
    }

    func checkPatterns(_ query: String) throws(ValueError) {
        if column != .terms, text == nil { throw .queryNotSupported(query, type: name) }
    }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        let scalar = element.isNull ? field.nullValue.flatMap { ScalarValue($0) } : ScalarValue(element)
        guard let scalar else { return [] }
        return ((try? indexedValues(scalar, field)) ?? []).map { coding.shown($0) }
    }

    func implied(_ field: FieldMapping) -> [String: FieldMapping] { [:] }

    func field(named key: String) -> FieldMapping? { nil }

    func allows(_ parameter: String, from old: JSONValue, to new: JSONValue) -> Bool { false }

    func isEqual(_ other: any TypeDefinition) -> Bool { other as? Self == self }
}
