public import Mapping

/// A whole `_search` request, typed, bound to no mapping.
public struct Search: Equatable, Sendable {
    /// A top-level `knn` clause: global top k, its score multiplied by `boost`.
    public struct KNNClause: Equatable, Sendable {
        public var knn: KNNQuery
        public var boost: Float
        public var name: String?
        /// Of a field of nested objects: which of a hit's objects are shown with it.
        public var innerHits: InnerHits?

        public init(_ knn: KNNQuery, boost: Float = 1, name: String? = nil, innerHits: InnerHits? = nil) {
            self.knn = knn
            self.boost = boost
            self.name = name
            self.innerHits = innerHits
        }
    }

    /// How far matches are counted: `track_total_hits`.
    public enum TrackTotalHits: Equatable, Sendable {
        case exactly
        case never
        case upTo(Int)
    }

    /// Nil with `knn` clauses: only they find documents. Nil without: everything matches.
    public var query: Query?
    public var knn: [KNNClause]
    public var from: Int
    public var size: Int
    public var minimumScore: Float?
    public var trackTotalHits: TrackTotalHits
    public var fetch: Fetch
    /// Whether the answer tells how it was found, and how long that took.
    public var isProfiled: Bool
    /// Nil: best scores first.
    public var sort: Sort?
    /// The sort values of a hit: only what follows it is wanted.
    public var searchAfter: [SortValue]?
    /// Whether hits have scores though they are not sorted by them.
    public var tracksScores: Bool
    /// Over all that matches.
    public var aggregations: [Aggregation]
    /// What is searched at all, by an alias's filter or a slice; nil: everything. `global` aggregations see no more.
    public var scope: Query?
    /// The part of all documents that the queries are filtered by.
    public internal(set) var slice: Slice?
    /// What hits must match, though aggregations count without it.
    public var postFilter: Query?
    /// One after the other, over each shard's best documents.
    public var rescorers: [Rescorer] = []
    public var collapse: Collapse?
    /// How many documents of a shard are looked at; nil: all.
    public var terminateAfter: Int?
    /// What scores of indices are multiplied by, by names and patterns; the first that fits counts.
    public var indexBoosts: [IndexBoost] = []
    /// In the place of `query` and `knn`.
    public var retriever: Retriever?
    /// Whether hits show their place in the list, as `rank` has it.
    public var showsRanks = false
    /// `dfs_query_then_fetch`: terms are counted as ever, and profiles say so.
    public var collectsStatistics = false

    /// What the scores of an index's documents are multiplied by.
    public struct IndexBoost: Equatable, Sendable {
        /// A name of an index or an alias, or a pattern.
        public var name: String
        public var boost: Float

        public init(_ name: String, boost: Float) {
            self.name = name
            self.boost = boost
        }
    }
    /// `runtime_mappings`: fields that this search adds to the mapping.
    public var runtime = RuntimeFields()
    /// What the sort and the aggregations have computed.
    public var computed: [ComputedField] = []
    public var suggestions: [Suggestion]

    public init(
        query: Query? = nil, knn: [KNNClause] = [], from: Int = 0, size: Int = 10, minimumScore: Float? = nil,
        trackTotalHits: TrackTotalHits = .upTo(10_000), fetch: Fetch = Fetch(), isProfiled: Bool = false, sort: Sort? = nil,
        searchAfter: [SortValue]? = nil, tracksScores: Bool = false, aggregations: [Aggregation] = [], suggestions: [Suggestion] = []
    ) {
        self.suggestions = suggestions
        self.query = query
        self.knn = knn
        self.from = from
        self.size = size
        self.minimumScore = minimumScore
        self.trackTotalHits = trackTotalHits
        self.fetch = fetch
        self.isProfiled = isProfiled
        self.sort = sort
        self.searchAfter = searchAfter
        self.tracksScores = tracksScores
        self.aggregations = aggregations
    }
}

/// What is read of each winning document.
public struct Fetch: Equatable, Sendable {
    public var source: SourceFilter
    /// Vectors are left out of `_source`, whatever else stays.
    public var excludesVectors: Bool
    /// Whether `_source` shows what models made of semantic fields.
    public var showsInference = false
    public var fields: [FieldRequest]
    /// Fields whose values are read by document, and not from the source.
    public var docValueFields: [FieldRequest] = []
    /// Patterns of fields with `store: true` that are wanted beside `fields`.
    public var storedFields: [String]
    public var scriptFields: [ScriptField] = []
    public var version: Bool
    public var sequenceNumber: Bool
    public var highlight: Highlight?
    /// Whether each hit tells how its score came about.
    public var explains: Bool
    /// Whether `matched_queries` tells the score of each.
    public var scoresNamedQueries = false
    /// `stored_fields: _none_`.
    public var omitsStoredFields = false

    public init(
        source: SourceFilter = .all, excludesVectors: Bool = false, fields: [FieldRequest] = [], storedFields: [String] = [],
        version: Bool = false, sequenceNumber: Bool = false, highlight: Highlight? = nil, explains: Bool = false
    ) {
        self.highlight = highlight
        self.explains = explains
        self.source = source
        self.excludesVectors = excludesVectors
        self.fields = fields
        self.storedFields = storedFields
        self.version = version
        self.sequenceNumber = sequenceNumber
    }
}

/// Which parts of `_source` a client gets. Patterns are dotted paths with `*`.
public enum SourceFilter: Equatable, Sendable {
    case none
    case all
    case filtered(includes: [String], excludes: [String])
}

/// One entry of `fields`.
public struct FieldRequest: Equatable, Sendable {
    /// A field's full path, or a pattern with `*`.
    public var pattern: String
    /// A date format.
    public var format: String?
    /// Whether what is not mapped is shown too.
    public var includesUnmapped: Bool

    public init(pattern: String, format: String? = nil, includesUnmapped: Bool = false) {
        self.pattern = pattern
        self.format = format
        self.includesUnmapped = includesUnmapped
    }
}

/// One value of `search_after`.
public enum SortValue: Equatable, Sendable {
    case value(QueryValue)
    case null
}
