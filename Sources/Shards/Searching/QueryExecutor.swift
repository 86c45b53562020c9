internal import FieldIndex
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
    /// Whether `knn` clauses find all that have a vector, as inner hits have it.
    var findsAllNeighbours = false

    /// What a plan matches, with scores.
    func matches(_ plan: QueryPlan) throws(ShardError) -> Matches { try matches(plan, among: view.live) }

    /// - Parameter accepted: nothing else is looked for; live ones.
    func matches(_ plan: QueryPlan, among accepted: OrdinalSet) throws(ShardError) -> Matches {
        func constant(_ ordinals: OrdinalSet) -> Matches { Matches(ordinals.intersection(accepted), score: 1) }
        let fields = view.fields
        switch plan {
        case .matchNone: return .none
        case .matchAll: return Matches(accepted, score: 1)
        case .term(let field, let value, .constant): return constant(documents(with: value, in: field))
        case .term(let field, .term(let term), .by(let similarity)):
            return Matches(fields.score(ScoredTerm(field: field, term: term, similarity: similarity), among: accepted))
        case .term(let field, let value, .by(let similarity)):
            // A value without frequencies and lengths: all score its rarity.
            let found = documents(with: value, in: field)
            return Matches(found.intersection(accepted), score: rarity(of: found.count, in: field, similarity))
        case .termIgnoringCase(let field, let term): return constant(try documents(matching: .ignoringCase(term), in: field))
        case .terms(let field, let values): return constant(documents(withAnyOf: values, in: field))
        case .matchingTerms(let field, let pattern): return constant(try documents(matching: pattern, in: field))
        case .fuzzy(let query):
            let terms = fields.expansions(of: query)
            return terms.isEmpty ? .none : Matches(fields.score(anyOf: terms, among: accepted))
        case .phrase(let phrase): return Matches(fields.score(phrase, among: accepted))
        case .phrasePrefix(let phrase, let expansions):
            guard let completed = completed(phrase, expansions) else { return .none }
            return completed.slots.count == 1
                ? Matches(
                    fields.score(
                        anyOf: completed.slots[0].terms.map {
                            ScoredTerm(field: phrase.field, term: $0, similarity: phrase.similarity)
                        }, among: accepted))
                : Matches(fields.score(completed, among: accepted))
        case .range(let field, let range): return constant(documents(in: range, of: field, among: accepted))
        case .geoBox(let field, let box): return constant(fields.documents(in: box, of: field))
        case .geoCircle(let field, let circle): return constant(fields.documents(in: circle, of: field))
        case .exists(let names):
            return constant(
                names.reduce(into: OrdinalSet()) { $0.formUnion(view.vectorOrdinals[$1] ?? fields.documents(having: $1)) })
        case .ids(let ids):
            let documents = try view.store.ordinals(ids: ids, below: view.limit)
            // Nested objects have their document's.
            return constant(view.hasNested ? view.withObjects(documents.intersection(view.live)) : documents)
        case .bool(let bool): return try matches(bool, among: accepted)
        case .disMax(let plans, let tieBreaker):
            let clauses = try plans.map { plan throws(ShardError) in try matches(plan, among: accepted) }
            return Matches.best(clauses, tieBreaker: tieBreaker)
        case .boosting(let positive, let negative, let boost):
            let found = try matches(positive, among: accepted)
            return found.multiplied(by: boost, where: try matches(negative, among: found.ordinals).ordinals)
        case .functionScore(let plan):
            let found = try matches(plan.query, among: accepted)
            return try FunctionScorer(view: view, fields: fields, plan: plan).score(found) { filter throws(ShardError) in
                try matches(filter, among: found.ordinals).ordinals
            }
        case .constantScore(let filter): return Matches(try matches(filter, among: accepted).ordinals, score: 1)
        case .knn(let knn):
            if findsAllNeighbours { return try all(knn, among: accepted) }
            // What is accepted is no filter: the nearest of all may be refused.
            let found = try nearest(knn)
            if let work = found.work { record(work) }
            return Matches(found.documents).among(accepted)
        case .scriptScore(let script):
            for call in script.calls { recordScripted(call.field) }
            return try ScriptScorer(view: view, plan: script).score(matches(script.query, among: accepted))
        case .text(.spans(let field, let query, let scoring)): return Matches(fields.score(query, in: field, scoring, among: accepted))
        case .text(.combined(let term)): return Matches(fields.score(term, among: accepted))
        case .text(.moreLike(let plan)): return try matches(words(of: plan), among: accepted)
        case .nested(let nested):
            let objects = view.objects(of: nested.level, in: accepted)
            return try matches(nested.query, among: objects).joined(view, nested.level, nested.scoreMode).among(accepted)
        case .special(let special): return SpecialScorer(fields: fields).matches(special, among: accepted)
        case .ranked(let plan):
            var clauses = [Matches(plan.ranked).among(accepted)]
            for other in plan.others { clauses.append(Matches(try matches(other, among: accepted).ordinals, score: 0)) }
            return clauses.count == 1 ? clauses[0] : Matches.sum(clauses, over: Matches.union(clauses))
        case .slice(let slice): return constant(try view.documents(of: slice, among: accepted))
        case .script(let script): return constant(try ScriptFilter(view: view, plan: script).documents(among: accepted))
        case .join(let plan):
            let own = try matches(plan.own, among: accepted).ordinals
            return try JoinMatcher(view: view, plan: plan).matches(try matches(plan.query, among: view.live), among: own)
        case .termsSet(let plan):
            let clauses = try plan.terms.map { term throws(ShardError) in try matches(term, among: accepted) }
            return try TermsSetMatcher(view: view, plan: plan).matches(clauses)
        case .boosted(let plan, let boost): return try matches(plan, among: accepted).boosted(by: boost)
        case .named(let plan, _): return try matches(plan, among: accepted)
        }
    }

    /// The words of some texts that say most here.
    func words(of plan: MoreLikePlan) -> QueryPlan {
        let fields = view.fields
        return plan.query(documents: fields.segments.reduce(0) { $0 + $1.documentCount }) { field, term in
            fields.documentFrequency(of: term, in: field)
        }
    }

    func matches(_ plan: BoolPlan, among accepted: OrdinalSet) throws(ShardError) -> Matches {
        var scoring: [Matches] = []
        var found = accepted
        // Each clause looks only among what those before it left.
        for clause in plan.filter {
            found = try matches(clause, among: found).ordinals
            if found.isEmpty { return .none }
        }
        for clause in plan.mustNot {
            found.subtract(try matches(clause, among: found).ordinals)
            if found.isEmpty { return .none }
        }
        for clause in plan.must {
            let matches = try matches(clause, among: found)
            scoring.append(matches)
            found = matches.ordinals
            if found.isEmpty { return .none }
        }
        var optional: [Matches] = []
        let terms = plan.should.compactMap(\.scoredTerm)
        if terms.count == plan.should.count, terms.count > 1, plan.minimumShouldMatch <= 1 {
            optional = [Matches(view.fields.score(anyOf: terms, among: found))]
        } else {
            for clause in plan.should { optional.append(try matches(clause, among: found)) }
        }
        if plan.minimumShouldMatch > 0 { found.formIntersection(Self.documents(in: optional, atLeast: plan.minimumShouldMatch)) }
        let clauses = scoring + optional
        return clauses.isEmpty ? Matches(found, score: 0) : Matches.sum(clauses, over: found)
    }

    /// Documents that at least `minimum` of the clauses match.
    static func documents(in clauses: [Matches], atLeast minimum: Int) -> OrdinalSet {
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
}

extension QueryPlan {
    /// This plan as a term of a sum.
    fileprivate var scoredTerm: ScoredTerm? {
        switch self {
        case .term(let field, .term(let term), .by(let similarity)):
            ScoredTerm(field: field, term: term, similarity: similarity)
        case .boosted(let inner, let boost):
            inner.scoredTerm.map { term in
                var term = term
                term.boost *= boost
                return term
            }
        case .named(let inner, _): inner.scoredTerm
        default: nil
        }
    }
}
