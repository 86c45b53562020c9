public import JSON
public import Mapping

/// The answer to a `Search`, ready to be written as JSON.
public struct SearchResponse: Sendable {
    /// How many documents match.
    public struct Total: Sendable, Equatable {
        public var value: Int
        /// Whether `value` is the exact count, or a lower bound.
        public var isExact: Bool

        public init(value: Int, isExact: Bool) {
            self.value = value
            self.isExact = isExact
        }
    }

    /// A document that was found, with what was asked for of it.
    public struct Hit: Sendable {
        public var index: String
        public var id: String
        public var score: Float?
        public var routing: String?
        public var version: Int64?
        public var sequenceNumber: Int64?
        public var primaryTerm: Int64?
        /// `_source`, filtered as asked; nil if not asked for.
        public var source: JSONValue?
        /// `fields`; nil if not asked for or none has a value.
        public var fields: JSONMembers?
        public var matchedQueries: [String]
        /// The scores of `matchedQueries`, in their order; nil if not asked for.
        public var matchedQueryScores: [Float]?
        /// Fields of which a value was left out when the document was indexed.
        public var ignored: [String] = []
        /// Their values as they came, of the fields that were asked for.
        public var ignoredValues: JSONMembers = [:]
        /// Fragments by field; nil if not asked for or none has any.
        public var highlight: JSONMembers?
        /// How the score came about; nil if not asked for.
        public var explanation: HitExplanation?
        /// The values that the hit was sorted by; nil without a sort.
        public var sort: [JSONValue]?
        /// Of a nested object: where it stands in its document.
        public var nested: NestedIdentity?
        /// The nested objects that are shown with the hit, by the names that were asked for.
        public var innerHits: [(name: String, hits: InnerHitsAnswer)] = []
        /// More documents of the group that this one stands for, by the names of `collapse.inner_hits`.
        public var groupHits: [GroupHits] = []
        /// The place in the list, from 1; nil where it is not shown.
        public var rank: Int?

        public init(
            index: String, id: String, score: Float?, routing: String? = nil, version: Int64? = nil,
            sequenceNumber: Int64? = nil, primaryTerm: Int64? = nil, source: JSONValue? = nil, fields: JSONMembers? = nil,
            matchedQueries: [(name: String, score: Float)] = []
        ) {
            self.index = index
            self.id = id
            self.score = score
            self.routing = routing
            self.version = version
            self.sequenceNumber = sequenceNumber
            self.primaryTerm = primaryTerm
            self.source = source
            self.fields = fields
            self.matchedQueries = matchedQueries.map(\.name)
        }
    }

    /// Documents of one group.
    public struct GroupHits: Sendable {
        public var name: String
        public var total: Total?
        public var maximumScore: Float?
        public var hits: [Hit]
    }

    /// The nested objects that are shown with a hit.
    public struct InnerHitsAnswer: Sendable {
        public var total: Int
        /// Nil without hits, or where they are in another order than that of scores.
        public var maximumScore: Float?
        public var hits: [Hit]
    }

    /// Wall-clock milliseconds.
    public var took: Int
    public var shards: ShardCounts
    /// Nil with `track_total_hits: false`.
    public var total: Total?
    /// Nil without hits.
    public var maximumScore: Float?
    public var hits: [Hit]
    /// Nil if not asked for.
    public var profile: SearchProfile?
    /// Nil if not asked for.
    public var aggregations: AggregationAnswer?
    /// Nil if not asked for.
    public var suggestions: [SuggestionResult]?
    /// The shards that could not answer; `shards` counts them too.
    public var failures: [ShardFailure] = []
    /// Whether a shard had more documents than were to be looked at; nil where there was no limit.
    public var isTerminatedEarly: Bool?
    /// Whether the time was over before all shards were asked.
    public var isTimedOut = false
    /// In how many steps the shards' results were brought together.
    public var reducePhases = 1
    /// Set where the next page can be asked for.
    public var scrollID: String?
    /// Set where a point in time was searched.
    public var pointInTimeID: String?

    public init(
        took: Int, shards: ShardCounts, total: Total?, maximumScore: Float?, hits: [Hit], profile: SearchProfile? = nil
    ) {
        self.took = took
        self.shards = shards
        self.total = total
        self.maximumScore = maximumScore
        self.hits = hits
        self.profile = profile
    }
}

/// How many shards a request spoke to.
public struct ShardCounts: Sendable, Equatable {
    /// A shard that is passed over.
    public struct Unavailable: Sendable, Equatable {
        public var index: String
        public var shard: Int
    }

    /// With those that are passed over.
    public var total: Int
    /// Of these, shards that were known beforehand to hold nothing that matches.
    public var skipped = 0
    public var unavailable: [Unavailable]

    public init(total: Int, unavailable: [Unavailable] = []) {
        self.total = total
        self.unavailable = unavailable
    }
}
