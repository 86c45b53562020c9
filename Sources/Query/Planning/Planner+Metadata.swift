internal import FieldIndex
internal import Mapping

/// Fields that every index has and no mapping lists.
extension Planner {
    /// What finds a value in one of them.
    ///
    /// - Returns: nil for a field that is none of them.
    func metadata(_ field: String, _ values: [String]) -> QueryPlan? {
        switch field {
        case "_id": values.isEmpty ? .matchNone : .ids(values)
        case "_index": values.contains { $0 == indexName } ? .matchAll : .matchNone
        case "_ignored": values.isEmpty ? .matchNone : .constantScore(.terms(field: field, values: values.map { .term($0) }))
        default: nil
        }
    }

    /// The same for a pattern.
    ///
    /// - Throws: `PlanningError.malformedPattern`.
    func metadata(_ field: String, _ pattern: TermPattern) throws(PlanningError) -> QueryPlan? {
        switch field {
        case "_index":
            do {
                return try pattern.matches(indexName ?? "") ? .matchAll : .matchNone
            } catch {
                throw .malformedPattern(field: field, error)
            }
        case "_ignored": return .matchingTerms(field: field, pattern)
        default: return nil
        }
    }
}
