internal import JSON

extension DocumentReader {
    /// The field that says how many documents one stands for in the buckets of aggregations.
    static let documentCountField = "_doc_count"

    /// - Throws: `DocumentParsingError.malformedValue` of what is no positive whole number.
    mutating func readDocumentCount(_ value: JSONElement) throws(DocumentParsingError) {
        func refuse(_ cause: ValueError) -> DocumentParsingError {
            .malformedValue(
                field: Self.documentCountField, type: Self.documentCountField, preview: Self.preview(value), cause: cause)
        }
        if let array = value.array {
            for (index, element) in array.enumerated() {
                guard index == 0 else { throw refuse(.severalCounts(field: Self.documentCountField)) }
                try readDocumentCount(element)
            }
            return
        }
        guard let count = value.int, count <= Int(Int32.max) else { throw refuse(.notACount) }
        guard count > 0 else { throw refuse(.countNotPositive(count, field: Self.documentCountField)) }
        result.fieldNames.insert(Self.documentCountField)
        result.values.append(.init(field: Self.documentCountField, value: .long(Int64(count))))
    }
}
