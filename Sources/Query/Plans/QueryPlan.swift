public import FieldIndex
public import Mapping

/// A query bound to a mapping: fields resolved, values normalised, what cannot match known.
///
/// A value to inspect and compare; shards execute it without looking at JSON, types or formats again.
public indirect enum QueryPlan: Hashable, Sendable {
    case matchNone
    /// Every document, scored 1.
    case matchAll
    /// Documents with the value.
    case term(field: String, value: IndexedValue, scoring: TermScoring)
    /// Documents with a term that a pattern matches; scored 1.
    case matchingTerms(field: String, TermPattern)
    /// Documents with terms that differ by few edits; the sum of their scores, as Lucene blends them.
    case fuzzy(FuzzyQuery)
    /// Documents in which terms stand one after the other, by BM25.
    case phrase(PhraseQuery)
    /// The same, the last term a prefix, in whose place any of the first terms that begin with it may stand.
    case phrasePrefix(PhraseQuery, expansions: Int)
    /// Documents with a term that differs at most in the case of ASCII letters; scored 1.
    case termIgnoringCase(field: String, term: String)
    /// Documents with any of the values; scored 1.
    case terms(field: String, values: [IndexedValue])
    /// Scored 1.
    case range(field: String, range: IndexedRange)
    /// Documents with a point in a box; scored 1.
    case geoBox(field: String, GeoBox)
    /// Documents with a point in a circle; scored 1.
    case geoCircle(field: String, GeoCircle)
    /// Documents with a value in any of these fields; scored 1.
    case exists(fields: [String])
    /// Scored 1.
    case ids([String])
    case bool(BoolPlan)
    /// What any of the plans matches: the best of their scores, and of the others' sum as much as the tie breaker says.
    case disMax([QueryPlan], tieBreaker: Float)
    /// What the first plan matches; scores of what the second matches, too, are multiplied.
    case boosting(QueryPlan, negative: QueryPlan, by: Float)
    case functionScore(FunctionScorePlan)
    /// What the inner plan matches, scored 1.
    case constantScore(QueryPlan)
    /// The k nearest of a shard, scored by their similarity.
    case knn(KNNPlan)
    case scriptScore(ScriptScorePlan)
    case nested(NestedPlan)
    case special(SpecialPlan)
    case text(TextPlan)
    /// Documents that were found and scored before, on one of the shards.
    case ranked(RankedPlan)
    /// A part of the documents; scored 1.
    case slice(Slice)
    /// Documents for which a script says yes; scored 1.
    case script(ScriptPlan)
    case termsSet(TermsSetPlan)
    /// Documents whose parents, or children, match.
    case join(JoinPlan)
    /// The inner plan, its scores multiplied.
    case boosted(QueryPlan, by: Float)
    /// The inner plan, reported in `matched_queries`.
    case named(QueryPlan, String)

    /// How documents that have a term are scored.
    public enum TermScoring: Hashable, Sendable {
        /// 1 for every match.
        case constant
        /// By the field's similarity; where a field has neither lengths nor frequencies, by the value's rarity.
        case by(Similarity)

        public static let bm25 = TermScoring.by(.standard)
    }
}

/// `bool`: scores of `must` and of matching `should` clauses are summed.
public struct BoolPlan: Hashable, Sendable {
    public var must: [QueryPlan]
    public var filter: [QueryPlan]
    public var should: [QueryPlan]
    public var mustNot: [QueryPlan]
    /// How many `should` clauses a document must match.
    public var minimumShouldMatch: Int

    public init(
        must: [QueryPlan] = [], filter: [QueryPlan] = [], should: [QueryPlan] = [], mustNot: [QueryPlan] = [],
        minimumShouldMatch: Int = 0
    ) {
        self.must = must
        self.filter = filter
        self.should = should
        self.mustNot = mustNot
        self.minimumShouldMatch = minimumShouldMatch
    }
}

/// Approximate nearest neighbours in one field.
public struct KNNPlan: Hashable, Sendable {
    public var field: String
    /// Of the field's dimensions; of bits, their bytes.
    public var vector: [Float]
    /// Neighbours wanted of each shard, and by top-level `knn` of all shards together.
    public var k: Int
    /// Candidates a shard considers (HNSW's ef), at least `k`.
    public var candidates: Int
    /// What is searched among; nil: everything.
    public var filter: QueryPlan?
    /// A cut on the raw metric.
    public var similarity: Float?
    /// Candidates that are compared exactly, times `k`; nil where none are found by codes.
    public var oversample: Float?
    /// Set where the vectors are of nested objects: of each document, or object of the level's parent, one is found at most.
    public var nested: NestedLevel?
    /// What the documents, or objects, around them match; nil: any.
    public var parentFilter: QueryPlan?

    public init(
        field: String, vector: [Float], k: Int, candidates: Int, filter: QueryPlan? = nil, similarity: Float? = nil,
        oversample: Float? = nil, nested: NestedLevel? = nil, parentFilter: QueryPlan? = nil
    ) {
        self.field = field
        self.vector = vector
        self.k = k
        self.candidates = candidates
        self.filter = filter
        self.similarity = similarity
        self.oversample = oversample
        self.nested = nested
        self.parentFilter = parentFilter
    }
}

extension QueryPlan {
    /// The plans with names in this one, for `matched_queries`.
    public var namedPlans: [(name: String, plan: QueryPlan)] {
        switch self {
        case .named(let plan, let name): [(name, plan)] + plan.namedPlans
        case .boosted(let plan, _), .constantScore(let plan), .boosting(let plan, _, _): plan.namedPlans
        case .functionScore(let plan): plan.query.namedPlans + plan.functions.flatMap { $0.filter?.namedPlans ?? [] }
        case .scriptScore(let plan): plan.query.namedPlans
        case .bool(let plan): (plan.must + plan.filter + plan.should).flatMap(\.namedPlans)
        case .disMax(let plans, _): plans.flatMap(\.namedPlans)
        case .ranked(let plan): plan.others.flatMap(\.namedPlans)
        case .matchNone, .matchAll, .term, .termIgnoringCase, .terms, .matchingTerms, .fuzzy, .phrase, .phrasePrefix, .range,
            .geoBox,
            .geoCircle, .exists, .ids, .knn, .nested, .special, .slice, .script, .termsSet, .text, .join:
            []
        }
    }
}
