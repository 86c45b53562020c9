internal import JSON

/// `version`: software versions in the order of semantic versioning.
struct VersionType: TypeDefinition {
    /// What patterns are compared with stands in a field of its own: the texts as they came.
    static let textField = "\u{1}text"

    static let entry = TypeRegistry.Entry(parameters: [.meta, .copyTo]) { (_, _) throws(MappingError) in VersionType() }

    var name: String { "version" }
    var column: ValueColumn { .terms }
    var coding: TermCoding { .version }

    func isSearchable(_ field: FieldMapping) -> Bool { true }

    func indexedValues(_ scalar: ScalarValue, _ field: FieldMapping) throws(ValueError) -> [IndexedValue] {
        [.term(VersionCode.term(scalar.text))]
    }

    func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, _ field: FieldMapping, _ dates: DateContext
    ) throws(ValueError) -> FieldMatch {
        func bound(_ bound: ScalarBound?) -> IndexedRange.TermBound? {
            bound.map { .init(VersionCode.term($0.value.text), isInclusive: $0.isInclusive) }
        }
        return .range(.terms(lower: bound(lower), upper: bound(upper)))
    }
}
