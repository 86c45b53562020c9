internal import JSON

/// `ip`: addresses of versions 4 and 6, found by blocks and ranges too.
struct IPType: TypeDefinition {
    static let entry = TypeRegistry.Entry(
        parameters: [
            .index, .docValues, .store, MappingParameter("null_value", .string(default: nil)), .ignoreMalformed, .timeSeriesDimension,
            .meta, .copyTo,
        ]
    ) { (values, field) throws(MappingError) in
        if let text = values["null_value"]?.string, IPAddress(text) == nil {
            throw .malformedParameter(name: "null_value", field: field, value: .string(text), expected: .address)
        }
        return IPType()
    }

    var name: String { "ip" }
    var column: ValueColumn { .terms }
    var coding: TermCoding { .address }

    func indexedValues(_ scalar: ScalarValue, _ field: FieldMapping) throws(ValueError) -> [IndexedValue] {
        guard let address = IPAddress(scalar.text) else { throw .notAnAddress(scalar.text) }
        return [.term(address.term)]
    }

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        guard scalar.text.utf8.contains(UInt8(ascii: "/")) else {
            guard let address = IPAddress(scalar.text) else { throw .notAnAddress(scalar.text) }
            return .value(.term(address.term))
        }
        guard let block = IPAddress.block(scalar.text) else { throw .notAnAddressBlock(scalar.text) }
        return .range(
            .terms(lower: .init(block.first.term, isInclusive: true), upper: .init(block.last.term, isInclusive: true)))
    }

    func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, _ field: FieldMapping, _ dates: DateContext
    ) throws(ValueError) -> FieldMatch {
        func bound(_ bound: ScalarBound?) throws(ValueError) -> IndexedRange.TermBound? {
            guard let bound else { return nil }
            guard let address = IPAddress(bound.value.text) else { throw .notAnAddress(bound.value.text) }
            return .init(address.term, isInclusive: bound.isInclusive)
        }
        return .range(.terms(lower: try bound(lower), upper: try bound(upper)))
    }

    func checkPatterns(_ query: String) throws(ValueError) { throw .queryNotSupported(query, type: name) }
}
