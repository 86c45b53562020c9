internal import Query

extension Search {
    /// Checks what only the indices' settings, or several members together, can tell.
    ///
    /// - Parameter limit: the largest window of a rescorer.
    /// - Throws: `RetrievalProblem`.
    func check(rescoreLimit limit: Int) throws(RetrievalProblem) {
        if !rescorers.isEmpty {
            if let sort, let first = sort.clauses.first, first.key != .score { throw .rescoreSorted }
            for rescorer in rescorers where rescorer.window > limit {
                throw .rescoreWindowTooLarge(requested: rescorer.window, limit: limit)
            }
        }
        if let collapse, searchAfter != nil {
            guard sort?.clauses.count == 1, case .field(let field) = sort?.clauses.first?.key, field.name == collapse.field
            else { throw .collapseAfterOtherSort }
        }
    }
}
