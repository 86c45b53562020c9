internal import Mapping

/// Queries that may take long whatever they find, and that `search.allow_expensive_queries` may forbid.
extension Planner {
    /// - Throws: `PlanningError.expensiveQuery`.
    func checkExpense(of kind: Query.Kind) throws(PlanningError) {
        switch kind {
        case .pattern(let pattern):
            let isPrefix = if case .prefix = pattern.kind { true } else { false }
            let hint = " For optimised prefix queries on text fields please enable [index_prefixes]."
            throw .expensiveQuery("[\(pattern.kind.name)] queries", hint: isPrefix ? hint : "")
        case .fuzzy: throw .expensiveQuery("[fuzzy] queries", hint: "")
        case .range(let range):
            switch mapping.field(range.field)?.type {
            case .text?, .keyword?: throw .expensiveQuery("[range] queries on [text] or [keyword] fields", hint: "")
            default: break
            }
        case .nested, .join: throw .expensiveQuery("[joining] queries", hint: "")
        case .script: throw .expensiveQuery("[script] queries", hint: "")
        case .scriptScore: throw .expensiveQuery("[script score] queries", hint: "")
        default: break
        }
    }
}
