internal import Mapping
internal import Ordinals
internal import Query
internal import VectorIndex

/// Executes plans on a view.
struct QueryExecutor {
    let view: ShardView
    /// Takes down what `knn` clauses take.
    var record: (VectorWork) -> Void = { _ in }
    /// Takes down the fields whose vectors scripts score by, unverified: whoever chooses the best is to verify those.
    var recordScripted: (_ field: String) -> Void = { _ in }

    /// What a plan matches, with scores.
    func matches(_ plan: QueryPlan) throws(ShardError) -> Matches {
        switch plan {
        case .matchNone: return .none
        case .matchAll: return Matches(view.live, score: 1)
        case .term(let field, let value, let scoring):
            let postings = try view.postings.documents(with: value, in: field)
            let score: Float =
                switch scoring {
                case .constant: 1
                case .inverseDocumentFrequency:
                    // As in Lucene, dead documents count until they are purged.
                    InverseDocumentFrequency.score(
                        documents: max(view.fieldDocuments[field] ?? 0, postings.count), matching: postings.count)
                }
            return Matches(postings.intersection(view.live), score: score)
        case .termIgnoringCase(let field, let term):
            return live(try view.postings.documents(withTermIgnoringCase: term, in: field))
        case .terms(let field, let values):
            var found = OrdinalSet()
            for value in values { found.formUnion(try view.postings.documents(with: value, in: field)) }
            return live(found)
        case .range(let field, let range): return live(try view.postings.documents(in: range, of: field))
        case .exists(let fields):
            var found = OrdinalSet()
            for field in fields { found.formUnion(try documents(having: field)) }
            return live(found)
        case .ids(let ids): return live(try view.postings.documents(ids: ids))
        case .bool(let bool): return try matches(bool)
        case .constantScore(let filter): return Matches(try matches(filter).ordinals, score: 1)
        case .knn(let knn):
            let found = try nearest(knn)
            if let work = found.work { record(work) }
            return Matches(found.documents)
        case .scriptScore(let script):
            recordScripted(script.field)
            return try ScriptScorer(view: view, plan: script).score(matches(script.query).ordinals)
        case .boosted(let plan, let boost): return try matches(plan).boosted(by: boost)
        case .named(let plan, _): return try matches(plan)
        }
    }

    func nearest(_ plan: KNNPlan) throws(ShardError) -> NearestDocuments {
        guard let field = view.vectorFields[plan.field], let vectors = view.vectorOrdinals[plan.field] else {
            return NearestDocuments(documents: [])
        }
        var accepting = vectors.intersection(view.live)
        if let filter = plan.filter { accepting.formIntersection(try matches(filter).ordinals) }
        if accepting.isEmpty { return NearestDocuments(documents: []) }
        do {
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

    private func matches(_ plan: BoolPlan) throws(ShardError) -> Matches {
        var scoring: [Matches] = []
        var ordinals: OrdinalSet?
        func require(_ set: OrdinalSet) { ordinals = ordinals?.intersection(set) ?? set }
        // Cheap early end: once nothing is left, no later clause can bring anything back.
        for clause in plan.filter {
            require(try matches(clause).ordinals)
            if ordinals?.isEmpty == true { return .none }
        }
        for clause in plan.must {
            let matches = try matches(clause)
            scoring.append(matches)
            require(matches.ordinals)
            if ordinals?.isEmpty == true { return .none }
        }
        var optional: [Matches] = []
        for clause in plan.should { optional.append(try matches(clause)) }
        if plan.minimumShouldMatch > 0 { require(Self.documents(in: optional, atLeast: plan.minimumShouldMatch)) }
        var found = ordinals ?? view.live
        for clause in plan.mustNot { found.subtract(try matches(clause).ordinals) }
        return Matches.sum(scoring + optional, over: found)
    }

    /// Documents that at least `minimum` of the clauses match.
    private static func documents(in clauses: [Matches], atLeast minimum: Int) -> OrdinalSet {
        if minimum <= 1 { return Matches.union(clauses) }
        // sets[n] holds what n + 1 of the clauses seen so far match.
        var sets = [OrdinalSet](repeating: [], count: minimum)
        for clause in clauses {
            for count in stride(from: minimum - 1, to: 0, by: -1) {
                sets[count].formUnion(sets[count - 1].intersection(clause.ordinals))
            }
            sets[0].formUnion(clause.ordinals)
        }
        return sets[minimum - 1]
    }

    private func documents(having field: String) throws(ShardError) -> OrdinalSet {
        if let vectors = view.vectorOrdinals[field] { return vectors }
        return try view.postings.documents(having: field)
    }

    private func live(_ ordinals: OrdinalSet) -> Matches { Matches(ordinals.intersection(view.live), score: 1) }
}
