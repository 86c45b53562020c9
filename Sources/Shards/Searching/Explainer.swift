internal import FieldIndex
internal import Mapping
internal import Ordinals
public import Query
internal import Scripts

/// Tells how one document's score came about: runs the parts of a plan again, each among this document alone.
///
/// Values are those that searches compute, so that the value at the top is the hit's score to the bit.
struct Explainer {
    let executor: QueryExecutor
    let ordinal: UInt32

    private var fields: FieldIndexView { executor.view.fields }

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
    private func score(_ plan: QueryPlan, _ boost: Float) throws(ShardError) -> Float? {
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

    private func explain(_ bool: BoolPlan, _ boost: Float) throws(ShardError) -> Explanation {
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

    private func explain(_ function: FunctionScorePlan, _ plan: QueryPlan, _ boost: Float) throws(ShardError) -> Explanation {
        let inner = try explain(function.query)
        guard inner.isMatch else { return inner }
        func value(_ functions: [FunctionScorePlan.Function]) throws(ShardError) -> Float {
            var alone = function
            alone.functions = functions
            alone.boostMode = .replace
            alone.minimumScore = nil
            return try score(.functionScore(alone), 1) ?? 0
        }
        var details: [Explanation] = []
        for part in function.functions {
            if let filter = part.filter, try score(filter, 1) == nil { continue }
            details.append(
                Explanation(
                    try value([part]), "function score, product of:",
                    [Explanation(1, "match filter: \(part.filter?.notation ?? "*:*")"), Explanation(try value([part]), part.kind.words)]))
        }
        let factor = Explanation(
            try value(function.functions), "function score, score mode [\(function.scoreMode.rawValue)]", details)
        let limited = Explanation(
            min(factor.score, function.maximumBoost), "min of:", [factor, Explanation(function.maximumBoost, "maxBoost")])
        guard let score = try score(plan, boost) else { return .noMatch("Score value is too low, expected at least", [inner, limited]) }
        let words =
            switch function.boostMode {
            case .multiply: "function score, product of:"
            case .sum: "sum of"
            case .avg: "avg of"
            case .min: "min of"
            case .max: "max of"
            case .replace: "min of:"
            }
        return Explanation(score, words, function.boostMode == .replace ? [factor] : [inner, limited])
    }

    // MARK: Terms

    private func explain(_ terms: [ScoredTerm]) -> Explanation {
        let details = terms.compactMap { term -> Explanation? in
            guard let found = fields.occurrences(of: term.term, in: term.field, ordinal: ordinal) else { return nil }
            let documents = term.documentFrequency ?? fields.documentFrequency(of: term.term, in: term.field)
            let score = fields.score(term, among: [ordinal]).scores.first ?? 0
            return weight(
                "\(term.field):\(term.term)", term.field, score, term.similarity, term.boost, found,
                rarity(TermStatistics(term: term.term, documents: documents), term.field),
                Explanation(found.frequency, "freq, occurrences of term within document"))
        }
        if details.isEmpty { return .noMatch("no matching term") }
        if details.count == 1 { return details[0] }
        return Explanation(fields.score(anyOf: terms, among: [ordinal]).scores.first ?? 0, "sum of:", details)
    }

    private func explain(_ phrase: PhraseQuery, _ plan: QueryPlan, _ boost: Float) -> Explanation {
        guard let found = fields.occurrences(of: phrase, ordinal: ordinal) else { return .noMatch("no matching phrase") }
        let parts = fields.statistics(of: phrase).map { rarity($0, phrase.field) }
        let sum = Float(parts.reduce(0.0) { $0 + Double($1.score) })
        return weight(
            plan.notation, phrase.field, fields.score(phrase, boost: boost, among: [ordinal]).scores.first ?? 0, phrase.similarity,
            boost, found, parts.count == 1 ? parts[0] : Explanation(sum, "idf, sum of:", parts),
            Explanation(found.frequency, "phraseFreq=\(found.frequency)"))
    }

    private func rarity(_ term: TermStatistics, _ field: String) -> Explanation {
        let documents = fields.statistics(of: field).documents
        return Explanation(
            BM25.inverseDocumentFrequency(documents: documents, matching: min(term.documents, documents)),
            "idf, computed as log(1 + (N - n + 0.5) / (n + 0.5)) from:",
            [
                Explanation(count: term.documents, "n, number of documents containing term"),
                Explanation(count: documents, "N, total number of documents with field"),
            ])
    }

    private func weight(
        _ notation: String, _ field: String, _ score: Float, _ similarity: Similarity, _ boost: Float, _ found: Occurrences,
        _ rarity: Explanation, _ frequency: Explanation
    ) -> Explanation {
        let inner: Explanation
        switch similarity {
        case .bm25(let k1, let b):
            let average = fields.statistics(of: field).averageLength
            let inverse = 1 / (k1 * ((1 - b) + b * found.length / average))
            let saturation = Explanation(
                1 - 1 / (1 + found.frequency * inverse), "tf, computed as freq / (freq + k1 * (1 - b + b * dl / avgdl)) from:",
                [
                    frequency, Explanation(k1, "k1, term saturation parameter"), Explanation(b, "b, length normalization parameter"),
                    Explanation(found.length, found.length > 39 ? "dl, length of field (approximate)" : "dl, length of field"),
                    Explanation(average, "avgdl, average length of field"),
                ])
            let factor = boost * (1 + k1)
            inner = Explanation(
                score, "score(freq=\(found.frequency)), computed as boost * idf * tf from:",
                (factor == 1 ? [] : [Explanation(factor, "boost")]) + [rarity, saturation])
        case .boolean: inner = Explanation(score, "score(BooleanWeight), computed from:", [Explanation(boost, "boost")])
        case .dirichlet, .jelinekMercer, .divergenceFromIndependence, .divergenceFromRandomness, .information, .scripted:
            inner = Explanation(
                score, "score(\(similarity.name), freq=\(found.frequency)), computed from:",
                [
                    Explanation(boost, "boost"), frequency, Explanation(found.length, "dl, length of field"),
                    Explanation(fields.statistics(of: field).averageLength, "avgdl, average length of field"),
                ])
        }
        return Explanation(score, "weight(\(notation) in \(ordinal)) [PerFieldSimilarity], result of:", [inner])
    }
}

extension Similarity {
    fileprivate var name: String {
        switch self {
        case .bm25: "BM25Similarity"
        case .boolean: "BooleanSimilarity"
        case .dirichlet: "LMDirichletSimilarity"
        case .jelinekMercer: "LMJelinekMercerSimilarity"
        case .divergenceFromIndependence: "DFISimilarity"
        case .divergenceFromRandomness: "DFRSimilarity"
        case .information: "IBSimilarity"
        case .scripted: "ScriptedSimilarity"
        }
    }
}

extension FunctionScorePlan.Kind {
    fileprivate var words: String {
        switch self {
        case .weight: "constant score 1.0 - no function provided"
        case .random(let seed): "random score function (seed: \(seed))"
        case .fieldValue(let function, _):
            "field value function: \(function.modifier.rawValue)(doc['\(function.field)'].value * factor=\(function.factor))"
        case .decay(let decay): "Function for field \(decay.field):"
        case .script(let script):
            "script score function, computed with script:\"\(script.script.words)\""
        }
    }
}

extension ShardView {
    /// How the score of a document came about in a search.
    ///
    /// - Parameter nearest: each top-level `knn` clause's documents, and the boost.
    /// - Throws: `ShardError`.
    /// - Complexity: about that of the search, for each part of the plan.
    public func explain(
        _ ordinal: UInt32, _ plan: QueryPlan?, nearest: [(documents: [ScoredOrdinal], boost: Float)] = [],
        amongAll: Bool = false
    ) throws(ShardError) -> Explanation {
        var parts: [Explanation] = []
        var failure = Explanation.noMatch("No matching clauses")
        if let plan {
            let explanation = try Explainer(executor: QueryExecutor(view: self, findsAllNeighbours: amongAll), ordinal: ordinal).explain(plan)
            if explanation.isMatch { parts.append(explanation) } else { failure = explanation }
        }
        for list in nearest {
            guard let found = list.documents.first(where: { $0.ordinal == ordinal }) else { continue }
            parts.append(Explanation(found.score * list.boost, "within top \(list.documents.count) documents"))
        }
        if parts.count == 1 { return parts[0] }
        return parts.isEmpty ? failure : Explanation(parts.reduce(0) { $0 + $1.score }, "sum of:", parts)
    }
}

extension ScoreScript {
    fileprivate var words: String {
        "Script{type=inline, lang='\(script.language.rawValue)', idOrCode='\(script.source)', options={}, params={}}"
    }
}
