internal import JSON
internal import Mapping

extension Planner {
    /// The key that documents of one group have in common.
    ///
    /// - Throws: `PlanningError.collapseFieldNotMapped`, `.collapseNotSupported`, `.collapseWithoutColumn`.
    func groupKey(_ collapse: Collapse) throws(PlanningError) -> OrderKey {
        guard let field = mapping.field(collapse.field) else { throw .collapseFieldNotMapped(collapse.field) }
        switch field.type {
        case .keyword, .number: break
        default: throw .collapseNotSupported(field: collapse.field, type: field.type.name)
        }
        guard field.parameters["doc_values"] != .bool(false) else { throw .collapseWithoutColumn(collapse.field) }
        let order = try order(Sort([Sort.Clause(.field(FieldSort(name: collapse.field)), .ascending)]))
        guard var key = order.keys.first else { throw .collapseFieldNotMapped(collapse.field) }
        key.missing = .absent
        return key
    }

    /// - Throws: `PlanningError`.
    func plan(_ rescorer: Rescorer) throws(PlanningError) -> RescorePlan {
        switch rescorer.kind {
        case .query(let rescore):
            return RescorePlan(
                kind: .query(
                    try plan(rescore.query), queryWeight: rescore.queryWeight, rescoreWeight: rescore.rescoreWeight,
                    mode: rescore.mode),
                window: rescorer.window)
        case .script(let script):
            let scored = try scriptPlan(ScriptScoreQuery(query: .matchAll, script: script), .matchAll)
            return RescorePlan(kind: .script(scored), window: rescorer.window)
        }
    }
}
