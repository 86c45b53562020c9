internal import Analysis
internal import Mapping
internal import Query

/// Limits of nested objects.
extension IndexSettings {
    static let nestedFieldsKey = "index.mapping.nested_fields.limit"
    static let nestedObjectsKey = "index.mapping.nested_objects.limit"
    static let innerResultsKey = "index.max_inner_result_window"

    /// The most nested fields of a mapping.
    var maximumNestedFields: Int { limit(Self.nestedFieldsKey, 100) }
    /// The most nested objects of a document.
    var maximumNestedObjects: Int { limit(Self.nestedObjectsKey, DocumentParser.defaultNestedLimit) }
    /// The most inner hits of a hit, with those before them.
    var maximumInnerHits: Int { limit(Self.innerResultsKey, Planner.defaultMaximumInnerHits) }

    private func limit(_ key: String, _ standard: Int) -> Int { given[key].flatMap { Int($0.text) } ?? standard }

    /// - Throws: `MappingError.tooManyNestedFields`.
    func check(_ mapping: Mapping) throws(MappingError) {
        guard mapping.nestedPaths.count <= maximumNestedFields else { throw .tooManyNestedFields(limit: maximumNestedFields) }
    }
}
