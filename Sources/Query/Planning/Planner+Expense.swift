internal import Mapping

/// Queries that may take long whatever they find, and that `search.allow_expensive_queries` may forbid.
extension Planner {
    /// What is known of a query before its fields are.
    ///
    /// - Throws: `PlanningError.expensiveQuery`.
    func checkExpense(of kind: Query.Kind) throws(PlanningError) {
        switch kind {
        case .nested, .join: try checkExpense("[joining] queries")
        case .script: try checkExpense("[script] queries")
        case .scriptScore: try checkExpense("[script score] queries")
        default: break
        }
    }

    /// - Throws: `PlanningError.expensiveQuery`.
    func checkExpense(_ queries: String, hint: String = "") throws(PlanningError) {
        if !allowsExpensiveQueries { throw .expensiveQuery(queries, hint: hint) }
    }

    /// A pattern that is looked for among the terms.
    ///
    /// - Throws: `PlanningError.expensiveQuery`.
    func checkExpense(of pattern: PatternQuery.Kind) throws(PlanningError) {
        let isPrefix = if case .prefix = pattern { true } else { false }
        let hint = " For optimised prefix queries on text fields please enable [index_prefixes]."
        try checkExpense("[\(pattern.name)] queries", hint: isPrefix ? hint : "")
    }

    /// The values of runtime fields are computed where they are asked for.
    ///
    /// - Throws: `PlanningError.expensiveRuntimeField`.
    func checkExpense(ofField path: String) throws(PlanningError) {
        if !allowsExpensiveQueries, mapping.runtime[path] != nil { throw .expensiveRuntimeField }
    }
}
