internal import FieldIndex
internal import Mapping
internal import Ordinals
public import Query
internal import Scripts
internal import VectorIndex

extension ShardView {
    /// About how much work a plan is here: the bytes that could be read from memory in the same time.
    ///
    /// An upper bound where the values of a field decide. A sum of floating-point numbers: no list of clauses overflows it.
    ///
    /// - Complexity: O(clauses).
    public func cost(of plan: SearchPlan) -> Double {
        let isNested = plan.order.keys.contains { $0.nested != nil }
        let sorted = documentCount + (isNested ? nestedObjects.count : 0)
        let sorting = Double(plan.order.keys.count) * Double(sorted) * Self.postingCost
        return plan.knn.reduce(plan.query.map { sorting + cost(of: $0) } ?? 0) { $0 + ($1.map { cost(of: $0.plan) } ?? 0) }
    }

    /// A statement that finds nothing.
    private static let statementCost = 65_536.0
    /// One row of a statement.
    private static let rowCost = 1024.0
    /// A term that is looked up, and what its scores need.
    private static let termCost = 4096.0
    /// A term that is compared with a pattern.
    private static let comparisonCost = 512.0
    /// A posting that is read, scored and marked.
    private static let postingCost = 8.0
    /// A position that a phrase looks at, and what finds it.
    private static let phraseCost = 256.0
    /// A document's score, found and added to others.
    private static let scoreCost = 32.0
    /// Vectors that a walk of the graph compares for each candidate it keeps.
    private static let visitsPerCandidate = 16
    /// One of these comparisons: a code from anywhere in memory, which is read at a third of the speed of what is in order.
    private static let visitCost = 650.0

    /// A set of ordinals.
    private var setCost: Double { Double(limit) / 8 }

    private func cost(of plan: QueryPlan) -> Double {
        switch plan {
        case .matchNone: 0
        case .matchAll: setCost
        case .term(let field, .term(let term), _): lookup(term, field)
        case .term(let field, _, _), .range(let field, _): scan(of: field)
        case .termIgnoringCase(let field, _), .matchingTerms(let field, _): patternScan(of: field)
        case .fuzzy(let query): patternScan(of: query.field) + Double(query.maximumExpansions) * setCost
        case .phrase(let phrase):
            phrase.slots.reduce(0) { sum, slot in
                sum + slot.terms.reduce(0) { $0 + lookup($1, phrase.field) }
            } + Double(phrase.slots.map { $0.terms.reduce(0) { $0 + frequency($1, phrase.field) } }.min() ?? 0) * Self.phraseCost
        case .phrasePrefix(let phrase, let expansions):
            patternScan(of: phrase.field) + Double(expansions) * setCost + cost(of: .phrase(phrase))
        case .boosting(let positive, let negative, _): cost(of: positive) + cost(of: negative) + setCost
        case .functionScore(let plan):
            plan.functions.reduce(cost(of: plan.query)) { sum, function in
                sum + (function.filter.map { cost(of: $0) } ?? 0) + Double(documentCount) * Self.scoreCost
            }
        case .terms(let field, let values):
            values.reduce(setCost) { sum, value in
                if case .term(let term) = value { return sum + lookup(term, field) }
                return sum + scan(of: field)
            }
        case .geoBox(let field, _): setCost + Double(fields.documentCount(having: field)) * Self.postingCost
        case .geoCircle(let field, _): setCost + Double(fields.documentCount(having: field)) * Self.scoreCost
        case .exists(let names): Double(names.count) * 2 * setCost
        case .disMax(let plans, _):
            plans.reduce(setCost) { $0 + cost(of: $1) + Double(documentCount) * Self.scoreCost }
        case .ids(let ids): Self.statementCost + setCost + Double(ids.count) * Self.rowCost
        case .bool(let bool): cost(of: bool)
        case .constantScore(let inner): cost(of: inner)
        case .boosted(let inner, _): cost(of: inner) + Double(documentCount) * Self.scoreCost
        case .knn(let knn): cost(of: knn)
        case .scriptScore(let script): cost(of: script)
        case .nested(let nested):
            cost(of: nested.query) + 2 * setCost + Double(nestedObjects.count) * Self.scoreCost
        case .join(let join): cost(of: join.query) + cost(of: join.own) + Double(documentCount) * Self.rowCost
        case .special(let special): cost(of: special)
        case .text(.spans(let field, _, _)): patternScan(of: field) + Double(documentCount) * Self.phraseCost
        case .text(.combined(let term)):
            term.fields.reduce(setCost) { sum, field in term.terms.reduce(sum) { $0 + lookup($1, field.name) } + scan(of: field.name) }
        case .text(.moreLike(let plan)):
            Double(plan.words.count) * Self.termCost + Double(plan.maximumTerms * documentCount) * Self.scoreCost
        case .ranked(let plan): plan.others.reduce(setCost) { $0 + cost(of: $1) + setCost }
        case .slice: Double(documentCount) * Self.scoreCost
        case .script: setCost + Double(documentCount) * Self.rowCost
        case .termsSet(let plan):
            plan.terms.reduce(setCost + Double(documentCount) * Self.scoreCost) { $0 + cost(of: $1) }
        // Named plans run once more, among the winners.
        case .named(let inner, _): 2 * cost(of: inner)
        }
    }

    private func cost(of special: SpecialPlan) -> Double {
        switch special {
        case .spans(let field, _): patternScan(of: field)
        case .rank(let rank): lookup(rank.feature, rank.field)
        case .sparse(let sparse): sparse.tokens.reduce(setCost) { $0 + lookup($1.name, sparse.field) }
        case .nearness(let nearness): setCost + Double(fields.documentCount(having: nearness.field)) * Self.scoreCost
        }
    }

    private func frequency(_ term: String, _ field: String) -> Int { fields.documentFrequency(of: term, in: field) }

    private func lookup(_ term: String, _ field: String) -> Double {
        setCost + Self.termCost + Double(frequency(term, field)) * Self.postingCost
    }

    /// Marking all documents that have a field.
    private func scan(of field: String) -> Double {
        setCost + Self.termCost + Double(fields.documentCount(having: field)) * Self.postingCost
    }

    /// Comparing all terms of a field.
    private func patternScan(of field: String) -> Double {
        scan(of: field) + Double(fields.termCount(of: field)) * Self.comparisonCost
    }

    private func cost(of bool: BoolPlan) -> Double {
        let scoring = bool.must.count + bool.should.count
        let clauses = bool.must + bool.filter + bool.should + bool.mustNot
        // A minimum above 1 keeps as many sets, and updates each with every clause.
        let sets = Double(clauses.count) + Double(bool.minimumShouldMatch) * Double(bool.should.count)
        return clauses.reduce(sets * setCost + Double(scoring * documentCount) * Self.scoreCost) { $0 + cost(of: $1) }
    }

    private func cost(of knn: KNNPlan) -> Double {
        let filter = knn.filter.map { cost(of: $0) } ?? 0
        let hasGraph = vectorFields[knn.field]?.index.configuration.hasGraph ?? false
        let walk = knn.candidates * Self.visitsPerCandidate
        // A filter may be so narrow that the walk ends in a scan.
        guard hasGraph, knn.filter == nil, walk < documentCount else {
            return filter + 2 * setCost + comparisons(documentCount + nestedObjects.count, knn.field)
        }
        let codeBytes = vectorFields[knn.field]?.index.configuration.componentCount ?? 0
        return filter + 2 * setCost + Double(walk) * (Self.visitCost + 3 * Double(codeBytes))
    }

    private func cost(of script: ScriptScorePlan) -> Double {
        let count = mostDocuments(of: script.query)
        // One by one, each document's row is read.
        let rows = script.script.isColumnar ? 0 : Double(count) * Self.rowCost
        return script.calls.reduce(cost(of: script.query) + rows + Double(count) * Self.scoreCost) {
            $0 + comparisons(count, $1.field)
        }
    }

    private func comparisons(_ count: Int, _ field: String) -> Double {
        Double(count) * (Double(vectorFields[field]?.index.statistics.rawBytesPerVector ?? 0) + Self.scoreCost)
    }

    private func mostDocuments(of plan: QueryPlan) -> Int {
        switch plan {
        case .matchNone: 0
        case .ids(let ids): min(ids.count, documentCount)
        case .knn(let knn): min(knn.k, documentCount)
        case .constantScore(let inner), .boosted(let inner, _), .named(let inner, _): mostDocuments(of: inner)
        case .term(let field, .term(let term), _): min(frequency(term, field), documentCount)
        case .matchAll, .term, .termIgnoringCase, .terms, .matchingTerms, .fuzzy, .phrase, .phrasePrefix, .range, .geoBox,
            .geoCircle, .exists, .boosting, .functionScore,
            .bool, .disMax, .scriptScore, .nested, .special, .ranked, .slice, .script,
            .termsSet, .text, .join:
            documentCount
        }
    }
}
