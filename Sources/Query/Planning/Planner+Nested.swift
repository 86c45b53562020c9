internal import Mapping

extension Planner {
    func plan(_ query: NestedQuery) throws(PlanningError) -> QueryPlan {
        guard let level = try level(query.path, ignoringUnmapped: query.ignoresUnmapped) else { return .matchNone }
        let inner = try within(query.path).plan(query.query)
        return inner == .matchNone
            ? .matchNone : .nested(NestedPlan(level: level, query: inner, scoreMode: query.scoreMode))
    }

    /// The objects of a path as they are seen from where queries are planned; nil where there are none.
    ///
    /// - Throws: `PlanningError.nestedPathNotMapped`, `.pathNotNested`.
    func level(_ path: String, ignoringUnmapped: Bool) throws(PlanningError) -> NestedLevel? {
        guard mapping.isNested(path) || mapping.object(path) != nil else {
            if ignoringUnmapped { return nil }
            throw .nestedPathNotMapped(path)
        }
        guard mapping.isNested(path) else { throw .pathNotNested(path) }
        if let parent = scope.last, !path.hasPrefix(parent + ".") { return nil }
        return NestedLevel(path: path, parent: scope.last)
    }

    /// What plans queries of the objects of a path.
    func within(_ path: String) -> Planner {
        var planner = self
        planner.scope.append(path)
        return planner
    }

    /// What plans queries of the objects, or documents, around those of this one.
    var outside: Planner {
        var planner = self
        planner.scope = scope.dropLast()
        return planner
    }

    // MARK: Inner hits

    /// What a search shows of hits' nested objects.
    ///
    /// - Parameter clauses: its top-level `knn`, planned.
    /// - Throws: `PlanningError`.
    func innerHits(_ search: Search, _ clauses: [SearchPlan.KNNClause?]) throws(PlanningError) -> [InnerHitsPlan] {
        var found: [InnerHitsPlan] = []
        for (clause, plan) in zip(search.knn, clauses) {
            guard let hits = clause.innerHits, let plan, let level = plan.plan.nested else { continue }
            try add(try innerHits(hits, level: level, query: .knn(plan.plan), boost: plan.boost, parts: []), to: &found)
        }
        if let query = search.query { try collect(query, &found) }
        return found
    }

    func collect(_ query: Query, _ found: inout [InnerHitsPlan]) throws(PlanningError) {
        if case .join(let join) = query.kind, let hits = join.innerHits, let plan = try innerHits(join, hits) { try add(plan, to: &found) }
        if case .nested(let nested) = query.kind {
            guard let hits = nested.innerHits,
                let level = try level(nested.path, ignoringUnmapped: nested.ignoresUnmapped || hits.ignoresUnmapped)
            else { return }
            let inner = within(nested.path)
            var parts: [InnerHitsPlan] = []
            try inner.collect(nested.query, &parts)
            try add(
                try innerHits(hits, level: level, query: try inner.plan(nested.query), boost: 1, parts: parts), to: &found)
        }
        for part in query.parts { try collect(part, &found) }
    }

    private func add(_ plan: InnerHitsPlan, to found: inout [InnerHitsPlan]) throws(PlanningError) {
        guard !found.contains(where: { $0.name == plan.name }) else { throw .duplicateInnerHits(plan.name) }
        found.append(plan)
    }

    /// - Parameter planner: of orders and scripts; nil: of the level's objects.
    func innerHits(
        _ hits: InnerHits, level: NestedLevel, query: QueryPlan, boost: Float, parts: [InnerHitsPlan], planner: Planner? = nil
    ) throws(PlanningError) -> InnerHitsPlan {
        let name = hits.name ?? level.path
        guard hits.from + hits.size <= maximumInnerHits else {
            throw .innerResultWindowTooLarge(name: name, requested: hits.from + hits.size, limit: maximumInnerHits)
        }
        let planner = planner ?? within(level.path)
        _ = try planner.docValues(hits.fetch.docValueFields)
        var plan = InnerHitsPlan(
            name: name, level: level, query: query, boost: boost, from: hits.from, size: hits.size, sort: hits.sort, order: .best,
            tracksScores: hits.tracksScores, fetch: hits.fetch, scriptFields: try planner.plan(hits.fetch.scriptFields), derived: [],
            nested: parts)
        if let sort = hits.sort {
            let sorting = sort.computed.isEmpty ? planner : try planner.computing(sort.computed)
            plan.order = try sorting.order(sort)
            plan.derived = sort.computed.isEmpty ? [] : try sorting.derivedFields()
        }
        return plan
    }
}
