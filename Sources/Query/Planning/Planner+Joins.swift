internal import Mapping

extension Planner {
    func plan(_ query: JoinQuery) throws(PlanningError) -> QueryPlan {
        if case .parentID(let id, let type) = query.relation {
            guard let (field, _, parent) = try join(query, type: type, isChild: true) else { return .matchNone }
            let ids = QueryPlan.terms(field: JoinRelations.parentField(field, parent), values: [.term(id)])
            return .constantScore(.bool(BoolPlan(filter: [kind([type], field), ids])))
        }
        guard let plan = try joinPlan(query) else { return .matchNone }
        return plan.query == .matchNone ? .matchNone : .join(plan)
    }

    /// Nil where nothing can match.
    func joinPlan(_ query: JoinQuery) throws(PlanningError) -> JoinPlan? {
        switch query.relation {
        case .parentID: return nil
        case .children(let type, let minimum, let maximum):
            guard let (field, _, parent) = try join(query, type: type, isChild: true) else { return nil }
            return JoinPlan(
                wanted: .parents(minimum: minimum, maximum: maximum), parentField: JoinRelations.parentField(field, parent),
                query: simplified(BoolPlan(must: [try plan(query.query)], filter: [kind([type], field)])), own: kind([parent], field),
                scoreMode: query.scoreMode)
        case .parent(let type):
            guard let (field, relations, _) = try join(query, type: type, isChild: false) else { return nil }
            return JoinPlan(
                wanted: .children, parentField: JoinRelations.parentField(field, type),
                query: simplified(BoolPlan(must: [try plan(query.query)], filter: [kind([type], field)])),
                own: kind(relations.children[type] ?? [], field), scoreMode: query.scoreMode)
        }
    }

    /// Nil where no documents are related so: there is no such type, or no field of relations.
    func plan(_ join: JoinAggregation) throws(PlanningError) -> JoinPlan? {
        guard let (field, relations) = mapping.join, let parent = relations.parent(of: join.type) else { return nil }
        let (parents, children) = (kind([parent], field), kind([join.type], field))
        return switch join.wanted {
        case .children:
            JoinPlan(
                wanted: .children, parentField: JoinRelations.parentField(field, parent), query: parents, own: children,
                scoreMode: .none)
        case .parents:
            JoinPlan(
                wanted: .parents(minimum: 1, maximum: .max), parentField: JoinRelations.parentField(field, parent), query: children,
                own: parents, scoreMode: .none)
        }
    }

    private func kind(_ names: [String], _ field: String) -> QueryPlan { .terms(field: field, values: names.map { .term($0) }) }

    private func join(
        _ query: JoinQuery, type: String, isChild: Bool
    ) throws(PlanningError) -> (field: String, relations: JoinRelations, parent: String)? {
        guard let (field, relations) = mapping.join else {
            if query.ignoresUnmapped { return nil }
            throw .joinNotMapped(query: query.name)
        }
        let parent = isChild ? relations.parent(of: type) : relations.children[type].map { _ in type }
        guard let parent else {
            if query.ignoresUnmapped { return nil }
            throw .notInJoin(query: query.name, field: field, type: type, isChild: isChild)
        }
        return (field, relations, parent)
    }

    /// What is shown of a hit's children, or parent.
    func innerHits(_ query: JoinQuery, _ hits: InnerHits) throws(PlanningError) -> InnerHitsPlan? {
        guard let join = try joinPlan(query) else { return nil }
        var name = hits.name
        switch query.relation {
        case .children(let type, _, _), .parent(let type), .parentID(_, let type): name = name ?? type
        }
        var named = hits
        named.name = name
        var parts: [InnerHitsPlan] = []
        try collect(query.query, &parts)
        var plan = try innerHits(named, level: NestedLevel(path: "", parent: scope.last), query: join.query, boost: 1, parts: parts, planner: self)
        plan.join = join
        return plan
    }
}
