internal import JSON

/// `match_only_text`: text whose matches all score alike.
struct MatchOnlyTextType: TypeDefinition {
    static let entry = TypeRegistry.Entry(
        parameters: [
            MappingParameter("analyzer", .analyzer), MappingParameter("search_analyzer", .analyzer, updatable: true),
            MappingParameter("search_quote_analyzer", .analyzer, updatable: true), .meta, .copyTo,
        ]
    ) { (_, _) throws(MappingError) in MatchOnlyTextType() }

    var name: String { "match_only_text" }
    var family: String { "text" }
    var text: TextScoring? { .constant }

    func isSearchable(_ field: FieldMapping) -> Bool { true }

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        .value(.term(scalar.text))
    }

    func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, _ field: FieldMapping, _ dates: DateContext
    ) throws(ValueError) -> FieldMatch {
        .range(.terms(lower: lower.map { .init($0.value.text, isInclusive: $0.isInclusive) }, upper: upper.map { .init($0.value.text, isInclusive: $0.isInclusive) }))
    }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        ScalarValue(element).map { [.string($0.text)] } ?? []
    }
}
