public import Query
public import Shards

/// How a search was answered: what `profile` shows.
public struct SearchProfile: Equatable, Sendable {
    /// A part of the work, with the wall-clock time that it took.
    public struct Phase: Equatable, Sendable {
        public var nanoseconds: Int
        /// Documents that it found.
        public var documents: Int
        /// The searches of vectors in it.
        public var work: [VectorWork]
        /// What was looked for; nil: the nearest vectors.
        public var plan: QueryPlan?
        /// The first document that was found, and the best score.
        public var first: ScoredOrdinal?
        public var maximumScore: Float?

        public init(nanoseconds: Int, documents: Int, work: [VectorWork] = [], plan: QueryPlan? = nil) {
            self.nanoseconds = nanoseconds
            self.documents = documents
            self.work = work
            self.plan = plan
        }
    }

    /// How a shard's winners were read.
    public struct Reading: Equatable, Sendable {
        public var nanoseconds: Int
        public var documents: Int
        /// Whether sources were wanted, and nested objects; `isEmpty`: nothing at all was read.
        public var hasSource: Bool
        public var hasInnerHits: Bool
        public var isEmpty: Bool
    }

    /// How one shard found its documents.
    public struct Shard: Equatable, Sendable {
        public var nodeID: String
        public var index: String
        public var number: Int
        /// Each top-level `knn` in turn; nil for one that finds nothing in this index.
        public var nearest: [Phase?]
        public var query: Phase
        /// Names of the aggregations, with what they are.
        public var aggregations: [AggregationPlan] = []
        /// Nil where no winner is of this shard.
        public var reading: Reading?
        /// Whether statistics of terms were asked for first: `dfs_query_then_fetch`.
        public var collectsStatistics = false

        public init(nodeID: String, index: String, number: Int, nearest: [Phase?], query: Phase) {
            self.nodeID = nodeID
            self.index = index
            self.number = number
            self.nearest = nearest
            self.query = query
        }
    }

    public var shards: [Shard]

    public init(shards: [Shard]) {
        self.shards = shards
    }
}
