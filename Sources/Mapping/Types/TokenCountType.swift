internal import Analysis
internal import JSON

/// `token_count`: how many words a text has.
struct TokenCountType: TypeDefinition {
    /// Whether the places of words that the analyzer removed count.
    var countsPositions = true

    static let entry = TypeRegistry.Entry(
        parameters: [
            .index, .docValues, .store, MappingParameter("null_value", .integer(default: nil)), .meta, .copyTo,
            MappingParameter("analyzer", .analyzer), MappingParameter("enable_position_increments", .boolean(default: true)),
        ]
    ) { (values, field) throws(MappingError) in
        guard values["analyzer"] != nil else { throw .missingParameter(name: "analyzer", field: field) }
        return TokenCountType(countsPositions: values["enable_position_increments"] != .bool(false))
    }

    var name: String { "token_count" }
    var family: String { "integer" }
    var column: ValueColumn { .longs }

    func indexedValues(_ scalar: ScalarValue, _ field: FieldMapping) throws(ValueError) -> [IndexedValue] {
        do {
            let stream = try field.tokens(of: scalar.text)
            let places = Set(stream.map(\.position)).count
            return [.long(Int64(countsPositions ? max(stream.positionCount, places) : stream.count))]
        } catch {
            throw .analysis(error)
        }
    }

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        try Self.number.term(scalar, dates: dates).map { .value($0) } ?? .nothing
    }

    func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, _ field: FieldMapping, _ dates: DateContext
    ) throws(ValueError) -> FieldMatch {
        try Self.number.range(lower: lower, upper: upper, dates: dates).map { .range($0) } ?? .nothing
    }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        // Elasticsearch reads counts from doc values.
        guard field.hasDocValues, let scalar = ScalarValue(element) else { return [] }
        return ((try? indexedValues(scalar, field)) ?? []).map { coding.shown($0) }
    }

    private static let number = FieldMapping(type: .number(.integer))
}
