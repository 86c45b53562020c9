internal import JSON

/// What types have in common whose values are cut into terms by an analyzer: queries of a value find a term, those of a range
/// the terms between two, and a source's value is shown as it was written.
protocol AnalyzedTextType: TypeDefinition {}

extension AnalyzedTextType {
    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        .value(.term(scalar.text))
    }

    func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, _ field: FieldMapping, _ dates: DateContext
    ) throws(ValueError) -> FieldMatch {
        .range(.terms(from: lower, to: upper))
    }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        ScalarValue(element).map { [.string($0.text)] } ?? []
    }
}
