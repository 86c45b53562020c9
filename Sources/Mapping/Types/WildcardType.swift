internal import JSON

/// `wildcard`: whole texts that patterns find.
struct WildcardType: TypeDefinition {
    var ignoreAbove = Int.max

    static let entry = TypeRegistry.Entry(
        parameters: [
            MappingParameter("ignore_above", .integer(default: nil), updatable: true),
            MappingParameter("null_value", .string(default: nil)),
            .meta, .copyTo,
        ]
    ) { (values, field) throws(MappingError) in
        var type = WildcardType()
        if case .int(let limit) = values["ignore_above"] {
            guard limit >= 0 else { throw .negativeLimit(limit, field: field) }
            type.ignoreAbove = limit
        }
        return type
    }

    var name: String { "wildcard" }
    var family: String { "keyword" }
    var column: ValueColumn { .terms }

    func isSearchable(_ field: FieldMapping) -> Bool { true }

    func indexedValues(_ scalar: ScalarValue, _ field: FieldMapping) throws(ValueError) -> [IndexedValue] {
        scalar.text.utf16.count > ignoreAbove ? [] : [.term(scalar.text)]
    }

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        .value(.term(scalar.text))
    }

    func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, _ field: FieldMapping, _ dates: DateContext
    ) throws(ValueError) -> FieldMatch {
        .range(.terms(from: lower, to: upper))
    }
}
