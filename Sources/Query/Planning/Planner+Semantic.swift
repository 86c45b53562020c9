internal import Mapping

extension Planner {
    /// As few neighbours are never looked for, so that aggregations have something to count.
    private static let leastNeighbours = 10

    /// The nearest chunks of each document: a semantic field's vectors are those of nested objects.
    ///
    /// - Throws: `PlanningError`; `.semanticNotSupported`.
    func plan(_ query: SemanticQuery) throws(PlanningError) -> QueryPlan {
        guard let field = mapping.field(query.field) else { return .matchNone }
        guard let options = mapping.semanticFields[mapping.target(of: query.field)] else {
            if let match = query.match { return try plan(match) }
            throw .semanticNotSupported(field: query.field, type: field.type.name)
        }
        if options.model == nil { return .matchNone }
        guard let vector = query.vectors[options.queryInferenceID] else { throw .vectorNotBuilt(field: query.field) }
        let k = min(max(size, Self.leastNeighbours), KNNQuery.maximumCandidates)
        return try planChunks(KNNQuery(field: query.field, vector: .vector(vector), k: k, filter: query.filter))
    }

    /// A `knn` query of a semantic field: of each document the nearest chunk counts.
    func planChunks(_ query: KNNQuery) throws(PlanningError) -> QueryPlan {
        let path = mapping.target(of: query.field)
        let chunks = try onChunks(query)
        return try plan(Query(.nested(NestedQuery(path: SemanticPaths.chunks(of: path), query: Query(.knn(chunks)), scoreMode: .max))))
    }

    /// The same about the vectors of a semantic field's chunks, with the vector of the field's own endpoint.
    ///
    /// - Throws: `PlanningError.vectorNotBuilt`.
    func onChunks(_ query: KNNQuery) throws(PlanningError) -> KNNQuery {
        var query = query
        let path = mapping.target(of: query.field)
        let options = mapping.semanticFields[path]
        if case .byEndpoint(let vectors) = query.vector {
            guard let options, let vector = vectors[options.queryInferenceID] else {
                if mapping.field(query.field) == nil { return query }
                throw .vectorNotBuilt(field: query.field)
            }
            query.vector = .vector(vector)
        }
        if options != nil { query.field = SemanticPaths.embeddings(of: path) }
        return query
    }
}

extension QueryPlan {
    /// Where neighbours are looked for in a field.
    func neighbours(in field: String) -> [KNNPlan] {
        switch self {
        case .knn(let plan): plan.field == field ? [plan] : []
        case .nested(let plan): plan.query.neighbours(in: field)
        case .named(let plan, _), .boosted(let plan, _), .constantScore(let plan), .boosting(let plan, _, _):
            plan.neighbours(in: field)
        case .functionScore(let plan): plan.query.neighbours(in: field)
        case .scriptScore(let plan): plan.query.neighbours(in: field)
        case .bool(let plan): (plan.must + plan.filter + plan.should).flatMap { $0.neighbours(in: field) }
        case .disMax(let plans, _): plans.flatMap { $0.neighbours(in: field) }
        case .ranked(let plan): plan.others.flatMap { $0.neighbours(in: field) }
        case .matchNone, .matchAll, .term, .termIgnoringCase, .terms, .matchingTerms, .fuzzy, .phrase, .phrasePrefix, .range, .geoBox,
            .geoCircle, .exists, .ids, .special, .slice, .script, .termsSet, .text, .join:
            []
        }
    }
}
