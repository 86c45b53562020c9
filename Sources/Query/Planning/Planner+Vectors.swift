internal import Mapping

extension Planner {
    /// - Returns: nil for a field that is not mapped or has no vectors yet, or a filter that nothing passes.
    func plan(_ query: KNNQuery, k: Int, candidates: Int) throws(PlanningError) -> KNNPlan? {
        guard k > 0 else { throw .neighboursNotPositive(k) }
        guard candidates >= k else { throw .candidatesBelowNeighbours(candidates: candidates, k: k) }
        guard candidates <= KNNQuery.maximumCandidates else { throw .tooManyCandidates(candidates) }
        guard case .vector(let vector) = query.vector else { throw .vectorNotBuilt(field: query.field) }
        guard let field = mapping.field(query.field) else { return nil }
        guard case .denseVector(let options) = field.type else {
            throw .notAVectorField(field: query.field, type: field.type.name)
        }
        guard options.isIndexed else { throw .vectorFieldNotIndexed(field: query.field) }
        guard let dimensions = options.dimensions else { return nil }
        guard vector.count == dimensions else {
            throw .dimensionMismatch(field: query.field, actual: vector.count, expected: dimensions, isScript: false)
        }
        if let problem = options.problem(with: vector) {
            throw .unusableVector(field: query.field, problem: problem, similarity: options.similarity)
        }
        let filters = try query.filter.map { query throws(PlanningError) in try plan(query) }
        if filters.contains(.matchNone) { return nil }
        let filter: QueryPlan? = filters.count > 1 ? .bool(BoolPlan(filter: filters)) : filters.first
        return KNNPlan(
            field: query.field, vector: vector, k: k, candidates: candidates,
            filter: filter == .matchAll ? nil : filter,
            similarity: query.similarity)
    }

    func plan(_ query: ScriptScoreQuery) throws(PlanningError) -> QueryPlan {
        let inner = try plan(query.query)
        guard let field = mapping.field(query.field) else { throw .scriptFieldNotMapped(query.field) }
        guard case .denseVector(let options) = field.type else {
            throw .notAVectorField(field: query.field, type: field.type.name)
        }
        if let dimensions = options.dimensions, dimensions != query.vector.count {
            throw .dimensionMismatch(
                field: query.field, actual: query.vector.count, expected: dimensions, isScript: true)
        }
        if query.script == .cosineSimilarityPlusOne, let problem = DenseVectorOptions.directionProblem(with: query.vector) {
            throw .unusableVector(field: query.field, problem: problem, similarity: .cosine)
        }
        if inner == .matchNone { return .matchNone }
        return .scriptScore(
            ScriptScorePlan(
                query: inner, script: query.script, field: query.field, vector: query.vector,
                minimumScore: query.minimumScore))
    }
}
