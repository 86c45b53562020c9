internal import JSON
internal import Mapping

extension Planner {
    /// What a slice means on this planner's shard.
    ///
    /// - Throws: `PlanningError.sliceFieldNotMapped`, `.sliceFieldNotNumeric`: where documents are told apart by a field.
    func plan(_ slice: Slice) throws(PlanningError) -> QueryPlan {
        guard var part = slice.part(ofShardAt: shardPosition, of: shardCount) else { return .matchNone }
        guard part.count > 1 else { return .matchAll }
        guard case .number(let name) = part.basis else { return .slice(part) }
        guard let field = mapping.field(name) else { throw .sliceFieldNotMapped(name) }
        guard field.type.numberColumn != nil, field.parameters["doc_values"] != .bool(false) else {
            throw .sliceFieldNotNumeric(name)
        }
        part.basis = .number(of: mapping.target(of: name))
        return .slice(part)
    }
}
