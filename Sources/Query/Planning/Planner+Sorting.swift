extension Planner {
    /// The order that a sort means here. Keys after one that is unique decide nothing.
    ///
    /// This is where sorting by fields joins: columns of their values are bound to the mapping here.
    ///
    /// - Throws: `PlanningError.fieldSortNotSupported`.
    func order(_ sort: Sort) throws(PlanningError) -> DocumentOrder {
        var order = DocumentOrder(score: nil)
        for clause in sort.clauses {
            switch clause.key {
            case .field(let field): throw .fieldSortNotSupported(field: field.name)
            case .score: order.score = order.score ?? clause.order
            case .document, .shardDocument:
                order.document = clause.order
                order.groupsShards = clause.key == .shardDocument
                return order
            }
        }
        return order
    }
}
