internal import Mapping

extension Planner {
    /// - Returns: nil for a field that is not mapped or has no vectors yet, or a filter that nothing passes.
    func plan(_ query: KNNQuery, k: Int, candidates: Int) throws(PlanningError) -> KNNPlan? {
        guard k > 0 else { throw .neighboursNotPositive(k) }
        guard candidates >= k else { throw .candidatesBelowNeighbours(candidates: candidates, k: k) }
        guard candidates <= KNNQuery.maximumCandidates else { throw .tooManyCandidates(candidates) }
        let query = try onChunks(query)
        if !query.vector.isBuilt { throw .vectorNotBuilt(field: query.field) }
        guard let field = mapping.field(query.field) else { return nil }
        guard case .denseVector(let options) = field.type else {
            throw .notAVectorField(field: query.field, type: field.type.name)
        }
        guard options.isIndexed else { throw .vectorFieldNotIndexed(field: query.field) }
        guard options.dimensions != nil else { return nil }
        let vector = try components(of: query.vector, query.field, options, isScript: false)
        if let problem = options.problem(with: vector) {
            throw .unusableVector(field: query.field, problem: problem, similarity: options.similarity)
        }
        let nested = mapping.nestedPath(around: query.field).map {
            NestedLevel(path: $0, parent: scope.dropLast().last)
        }
        // Filters of nested objects' vectors are planned where the objects are seen from.
        let planner = nested == nil ? self : outside
        let filters = try query.filter.map { query throws(PlanningError) in try planner.plan(query) }
        if filters.contains(.matchNone) { return nil }
        let around = filters.filter { filter in nested.map { filter.mayMatch(outside: $0.path) } ?? false }
        let own = filters.filter { filter in nested.map { !filter.mayMatch(outside: $0.path) } ?? true }
        let oversample = options.oversample(requested: query.oversample)
        return KNNPlan(
            field: query.field, vector: vector, k: k,
            candidates: max(candidates, oversample.map { Self.rescored(k: k, oversample: $0) } ?? 0),
            filter: Self.joined(own), similarity: query.similarity, oversample: oversample, nested: nested,
            parentFilter: Self.joined(around))
    }

    /// What all of some filters match; nil: everything.
    private static func joined(_ filters: [QueryPlan]) -> QueryPlan? {
        let filter: QueryPlan? = filters.count > 1 ? .bool(BoolPlan(filter: filters)) : filters.first
        return filter == .matchAll ? nil : filter
    }

    /// As many candidates are needed as will be compared exactly.
    private static func rescored(k: Int, oversample: Float) -> Int {
        Int(min((Double(k) * Double(oversample)).rounded(.up), Double(KNNQuery.maximumCandidates)))
    }

    /// A vector's numbers, as many as the field has.
    func components(
        of vector: QueryVector, _ field: String, _ options: DenseVectorOptions, isScript: Bool
    ) throws(PlanningError) -> [Float] {
        let values: [Float]
        switch vector {
        case .vector(let given): values = given
        case .encoded(let text):
            guard let decoded = options.components(of: text) else { throw .vectorNotEncoded(field: field) }
            values = decoded
        case .text, .byEndpoint, .embedding, .lookup: throw .vectorNotBuilt(field: field)
        }
        let count = values.count * options.elementType.dimensionsPerComponent
        if let dimensions = options.dimensions, dimensions != count {
            throw .dimensionMismatch(field: field, actual: count, expected: dimensions, isScript: isScript)
        }
        return values
    }
}
