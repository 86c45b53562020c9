internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query
internal import Scripts

/// Tells how one document's score came about: runs the parts of a plan again, each among this document alone.
///
/// Values are those that searches compute, so that the value at the top is the hit's score to the bit.
struct Explainer {
    let executor: QueryExecutor
    let ordinal: UInt32

    var fields: FieldIndexView { executor.view.fields }

    /// - Parameter boost: what the plans around this one multiply it by. Lucene tells it where terms are weighed.
    func explain(_ plan: QueryPlan, boost: Float = 1) throws(ShardError) -> Explanation {
        switch plan {
        case .named(let inner, _): return try explain(inner, boost: boost)
        case .boosted(let inner, let by): return try valued(explain(inner, boost: boost * by), plan, boost)
        case .bool(let bool): return try explain(bool, boost)
        case .disMax(let plans, let tieBreaker):
            let details = try plans.map { plan throws(ShardError) in try explain(plan, boost: boost) }.filter(\.isMatch)
            guard let score = try score(plan, boost) else { return .noMatch("No matching clause") }
            return Explanation(score, tieBreaker == 0 ? "max of:" : "max plus \(tieBreaker) times others of:", details)
        case .term(let field, .term(let term), .by(let similarity)):
            return explain([ScoredTerm(field: field, term: term, boost: boost, similarity: similarity)])
        case .fuzzy(let query):
            return explain(
                fields.expansions(of: query).map { term in
                    var term = term
                    term.boost *= boost
                    return term
                })
        case .phrase(let phrase): return explain(phrase, plan, boost)
        case .phrasePrefix(let phrase, let expansions):
            guard let completed = executor.completed(phrase, expansions) else { return .noMatch("no matching phrase") }
            if completed.slots.count > 1 { return explain(completed, .phrase(completed), boost) }
            return explain(
                completed.slots[0].terms.map {
                    ScoredTerm(field: phrase.field, term: $0, boost: boost, similarity: phrase.similarity)
                })
        case .text(.moreLike(let like)): return try explain(executor.words(of: like), boost: boost)
        case .text:
            guard let score = try score(plan, boost) else { return .noMatch("no matching term") }
            return Explanation(score, "weight(\(plan.notation) in \(ordinal)) [PerFieldSimilarity], result of:")
        case .constantScore(let inner): return try constant("ConstantScore(\(inner.notation))", plan, boost)
        case .functionScore(let function): return try explain(function, plan, boost)
        case .scriptScore(let script):
            guard let score = try score(plan, boost) else { return .noMatch("No matching clause") }
            let inner = try explain(script.query)
            return Explanation(
                score, "script score function, computed with script:\"\(script.script.words)\"",
                [Explanation(inner.score, "_score: ", [inner])])
        case .boosting(let positive, let negative, let by):
            let inner = try explain(positive, boost: boost)
            guard let score = try score(plan, boost) else { return inner }
            guard try self.score(negative, 1) != nil else { return inner }
            return Explanation(score, "weight(\(plan.notation)), result of:", [inner, Explanation(by, "negative boost")])
        case .knn(let knn):
            guard let score = try score(plan, boost) else { return .noMatch("not in top \(knn.k) documents") }
            return Explanation(score, "within top \(knn.k) documents")
        case .nested(let nested):
            guard let score = try score(plan, boost) else { return .noMatch("None of the child documents match") }
            let objects = executor.view.objects(of: nested.level, in: [ordinal])
            let matching = try executor.matches(nested.query, among: objects).ordinals
            let details = try matching.map { object throws(ShardError) in
                try Explainer(executor: executor, ordinal: object).explain(nested.query, boost: boost)
            }
            return Explanation(
                score, "Score based on \(matching.count) child docs in range from \(matching.first ?? 0) to \(matching.last ?? 0), "
                    + "using score mode \(nested.scoreMode.rawValue)", details)
        case .ranked: return try constant("rank documents", plan, boost)
        case .matchNone: return .noMatch("\(plan.notation) doesn't match id \(ordinal)")
        case .matchAll, .term, .terms, .termIgnoringCase, .matchingTerms, .range, .geoBox, .geoCircle, .exists, .ids,
            .special, .slice, .script, .termsSet, .join:
            return try constant(plan.notation, plan, boost)
        }
    }

    private func constant(_ notation: String, _ plan: QueryPlan, _ boost: Float) throws(ShardError) -> Explanation {
        guard let score = try score(plan, boost) else { return .noMatch("\(notation) doesn't match id \(ordinal)") }
        return Explanation(score, notation + (score == 1 ? "" : "^\(score)"))
    }

    /// Nil: the document does not match.
    func score(_ plan: QueryPlan, _ boost: Float) throws(ShardError) -> Float? {
        let matches = try executor.matches(boost == 1 ? plan : .boosted(plan, by: boost), among: [ordinal])
        return matches.ordinals.isEmpty ? nil : matches.score(at: 0)
    }

    private func valued(_ explanation: Explanation, _ plan: QueryPlan, _ boost: Float) throws(ShardError) -> Explanation {
        guard explanation.isMatch, let score = try score(plan, boost) else { return explanation }
        var explanation = explanation
        explanation.value = .score(score)
        return explanation
    }

    // MARK: Clauses

    func explain(_ bool: BoolPlan, _ boost: Float) throws(ShardError) -> Explanation {
        let plan = QueryPlan.bool(bool)
        let scoring = bool.must + bool.should
        if bool.filter.isEmpty, bool.mustNot.isEmpty, scoring.count == 1, bool.minimumShouldMatch == bool.should.count {
            return try explain(scoring[0], boost: boost)
        }
        if bool.should.isEmpty, !bool.filter.isEmpty, bool.must == [.matchAll] {
            return try constant("ConstantScore(\(QueryPlan.bool(BoolPlan(filter: bool.filter, mustNot: bool.mustNot)).notation))", plan, boost)
        }
        var details: [Explanation] = []
        var failures: [Explanation] = []
        for clause in bool.must {
            let inner = try explain(clause, boost: boost)
            if inner.isMatch { details.append(inner) } else { failures.append(.noMatch("no match on required clause (\(clause.notation))", [inner])) }
        }
        for clause in bool.filter {
            let inner = try explain(clause)
            if inner.isMatch {
                details.append(Explanation(0, "match on required clause, product of:", [Explanation(0, "# clause"), inner]))
            } else {
                failures.append(.noMatch("no match on required clause (\(clause.notation))", [inner]))
            }
        }
        for clause in bool.mustNot {
            let inner = try explain(clause)
            if inner.isMatch { failures.append(.noMatch("match on prohibited clause (\(clause.notation))", [inner])) }
        }
        if !failures.isEmpty {
            return .noMatch("Failure to meet condition(s) of required/prohibited clause(s)", failures)
        }
        let optional = try bool.should.map { clause throws(ShardError) in try explain(clause, boost: boost) }
        details += optional.filter(\.isMatch)
        guard let score = try score(plan, boost) else {
            if bool.minimumShouldMatch > 1 {
                return .noMatch("Failure to match minimum number of optional clauses: \(bool.minimumShouldMatch)", details)
            }
            return .noMatch("No matching clauses", optional)
        }
        return Explanation(score, "sum of:", details)
    }
}
