internal import Query

extension IndexRegistry {
    /// What scores are multiplied by, by the indices' own names. Of several that fit an index the first counts.
    ///
    /// - Throws: `IndicesError.indexNotFound`, unless the unavailable is ignored.
    func boosts(_ boosts: [Search.IndexBoost], of expression: IndexExpression) throws(IndicesError) -> [String: Float] {
        var found: [String: Float] = [:]
        for boost in boosts {
            let named = IndexExpression(
                [boost.name], ignoresUnavailable: expression.ignoresUnavailable, expansion: .all, takesClosed: true)
            for slot in try slots(named) where found[slot.name] == nil { found[slot.name] = boost.boost }
        }
        return found
    }
}
