public import Scripts

/// A query as a client means it: typed, bound to no mapping.
///
/// `boost` and `name` stand once here, around every kind; kinds never carry their own.
public struct Query: Equatable, Sendable {
    /// What is looked for, a case for each kind of query that Elasticsearch has.
    public indirect enum Kind: Equatable, Sendable {
        case matchAll
        case matchNone
        case term(TermQuery)
        case terms(TermsQuery)
        case range(RangeQuery)
        case exists(field: String)
        case ids([String])
        case bool(BoolQuery)
        case constantScore(filter: Query)
        case match(MatchQuery)
        case multiMatch(MultiMatchQuery)
        case queryString(QueryStringQuery)
        case pattern(PatternQuery)
        case fuzzy(FuzzyTermQuery)
        case geo(GeoQuery)
        /// The best of the queries' scores, and of the others' as much as the tie breaker says.
        case disMax([Query], tieBreaker: Float)
        /// The score of what `negative` matches, too, is multiplied.
        case boosting(positive: Query, negative: Query, negativeBoost: Float)
        case functionScore(FunctionScoreQuery)
        case knn(KNNQuery)
        case scriptScore(ScriptScoreQuery)
        case positions(PositionQuery)
        case moreLikeThis(MoreLikeThisQuery)
        case nested(NestedQuery)
        case feature(FeatureQuery)
        /// Documents that were found and scored before.
        case ranked(RankedMatches)
        case slice(Slice)
        /// Documents for which a script says yes.
        case script(ScriptReference)
        case termsSet(TermsSetQuery)
        case join(JoinQuery)
        case semantic(SemanticQuery)
    }

    public var kind: Kind
    /// Multiplies the score.
    public var boost: Float
    /// Reported in a hit's `matched_queries`.
    public var name: String?

    public init(_ kind: Kind, boost: Float = 1, name: String? = nil) {
        self.kind = kind
        self.boost = boost
        self.name = name
    }

    public static let matchAll = Query(.matchAll)
}

/// A value to compare a field with, as written in the query; the field's type gives it its meaning.
public enum QueryValue: Equatable, Hashable, Sendable {
    case string(String)
    case integer(Int)
    case unsigned(UInt64)
    case double(Double)
    case boolean(Bool)
}
