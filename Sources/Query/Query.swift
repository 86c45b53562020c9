public import Mapping
public import Scripts

/// A query as a client means it: typed, bound to no mapping.
///
/// `boost` and `name` stand once here, around every kind; kinds never carry their own.
public struct Query: Equatable, Sendable {
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

public struct TermQuery: Equatable, Sendable {
    public var field: String
    public var value: QueryValue
    public var isCaseInsensitive: Bool

    public init(field: String, value: QueryValue, isCaseInsensitive: Bool = false) {
        self.field = field
        self.value = value
        self.isCaseInsensitive = isCaseInsensitive
    }
}

public struct TermsQuery: Equatable, Sendable {
    /// Where values stand that are not in the query itself.
    public struct Lookup: Equatable, Sendable {
        public var index: String
        public var id: String
        /// A dotted path in the document's source.
        public var path: String
        public var routing: String?

        public init(index: String, id: String, path: String, routing: String? = nil) {
            self.index = index
            self.id = id
            self.path = path
            self.routing = routing
        }
    }

    public var field: String
    public var values: [QueryValue]
    /// To be replaced by the values before the query is planned.
    public var lookup: Lookup?

    public init(field: String, values: [QueryValue], lookup: Lookup? = nil) {
        self.field = field
        self.values = values
        self.lookup = lookup
    }
}

public struct RangeQuery: Equatable, Sendable {
    public struct Bound: Equatable, Sendable {
        public var value: QueryValue
        public var isInclusive: Bool

        public init(_ value: QueryValue, isInclusive: Bool) {
            self.value = value
            self.isInclusive = isInclusive
        }
    }

    public var field: String
    public var lower: Bound?
    public var upper: Bound?
    /// A date format for the bounds, in place of the mapping's.
    public var format: String?
    /// An ISO 8601 offset for date bounds that have none.
    public var timeZone: String?
    /// Of the spans that range fields hold to this one.
    public var relation: SpanRelation = .intersects

    public init(field: String, lower: Bound? = nil, upper: Bound? = nil, format: String? = nil, timeZone: String? = nil) {
        self.field = field
        self.lower = lower
        self.upper = upper
        self.format = format
        self.timeZone = timeZone
    }
}

public struct BoolQuery: Equatable, Sendable {
    public var must: [Query]
    public var filter: [Query]
    public var should: [Query]
    public var mustNot: [Query]
    /// How many `should` clauses must match; nil is 1 if there is neither `must` nor `filter`, else 0.
    public var minimumShouldMatch: MinimumShouldMatch?

    public init(
        must: [Query] = [], filter: [Query] = [], should: [Query] = [], mustNot: [Query] = [],
        minimumShouldMatch: MinimumShouldMatch? = nil
    ) {
        self.must = must
        self.filter = filter
        self.should = should
        self.mustNot = mustNot
        self.minimumShouldMatch = minimumShouldMatch
    }
}
