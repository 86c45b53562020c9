internal import JSON

/// The values of one key of a `flattened` field.
struct FlattenedKeyType: TypeDefinition {
    var ignoreAbove: Int

    var name: String { "flattened" }
    var column: ValueColumn { .terms }

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        .value(.term(scalar.text))
    }

    func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, _ field: FieldMapping, _ dates: DateContext
    ) throws(ValueError) -> FieldMatch {
        // Keys share one order in Elasticsearch, which an open range would leave.
        guard let lower, let upper else { throw .openRangeOfKey }
        return .range(
            .terms(
                lower: .init(lower.value.text, isInclusive: lower.isInclusive),
                upper: .init(upper.value.text, isInclusive: upper.isInclusive)))
    }

    func checkPatterns(_ query: String) throws(ValueError) {
        if query != "prefix" { throw .patternOfKey(query) }
    }

    func indexedValues(_ scalar: ScalarValue, _ field: FieldMapping) throws(ValueError) -> [IndexedValue] {
        scalar.text.utf16.count > ignoreAbove ? [] : [.term(scalar.text)]
    }
}
