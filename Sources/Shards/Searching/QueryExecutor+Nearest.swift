internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query
internal import VectorIndex

/// Nearest vectors.
extension QueryExecutor {
    func nearest(_ plan: KNNPlan) throws(ShardError) -> NearestDocuments {
        guard let field = view.vectorFields[plan.field], let vectors = view.vectorOrdinals[plan.field] else {
            return NearestDocuments(documents: [])
        }
        let accepting = try candidates(of: plan, vectors)
        if accepting.isEmpty { return NearestDocuments(documents: []) }
        do {
            if let level = plan.nested {
                return try NestedNeighbours(view: view, index: field.index, plan: plan, level: level).search(among: accepting)
            }
            let result = try field.index.search(
                plan.vector, k: plan.k, candidates: plan.candidates, accepting: accepting, similarity: plan.similarity,
                oversample: plan.oversample)
            // What is answered is what was written, or an error.
            try field.index.verify(result.hits.lazy.map(\.ordinal))
            return NearestDocuments(
                documents: result.hits.map { ScoredOrdinal(ordinal: $0.ordinal, score: $0.score) },
                work: VectorWork(
                    field: plan.field, comparisons: result.visited, strategy: result.strategy,
                    predicted: result.predicted))
        } catch {
            throw .vectors(field: plan.field, error)
        }
    }

    /// What neighbours are looked for among.
    private func candidates(of plan: KNNPlan, _ vectors: OrdinalSet) throws(ShardError) -> OrdinalSet {
        var accepting = vectors.intersection(view.objects(of: plan.nested?.path))
        if let level = plan.nested, let filter = plan.parentFilter {
            let parents = try matches(filter, among: view.objects(of: level.parent)).ordinals
            accepting.formIntersection(view.objects(of: level, in: parents))
        }
        if let filter = plan.filter { accepting = try matches(filter, among: accepting).ordinals }
        return accepting
    }

    /// All that a `knn` clause could find among some documents, or objects.
    func all(_ plan: KNNPlan, among accepted: OrdinalSet) throws(ShardError) -> Matches {
        guard let field = view.vectorFields[plan.field], let vectors = view.vectorOrdinals[plan.field] else { return .none }
        let accepting = try candidates(of: plan, vectors.intersection(accepted))
        if accepting.isEmpty { return .none }
        do {
            let result = try field.index.exactSearch(
                plan.vector, k: accepting.count, among: accepting, similarity: plan.similarity)
            try field.index.verify(result.hits.lazy.map(\.ordinal))
            return Matches(result.hits.map { ScoredOrdinal(ordinal: $0.ordinal, score: $0.score) })
        } catch {
            throw .vectors(field: plan.field, error)
        }
    }
}
