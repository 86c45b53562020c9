/// How a search is carried out, whatever it looks for.
public struct SearchOptions: Equatable, Sendable {
    /// The views that are searched, held by an earlier request.
    public struct PointInTime: Equatable, Sendable {
        public var id: String
        /// How much longer it stays open; nil: as before.
        public var keepAlive: Duration?

        public init(id: String, keepAlive: Duration? = nil) {
            self.id = id
            self.keepAlive = keepAlive
        }
    }

    /// Only the shards that documents with these routing values are in; empty: all.
    public var routing: [String]
    /// Shards that fail are left out of the answer; else they fail the search. Nil: as the cluster has it.
    public var allowsPartialResults: Bool?
    /// Nil: the documents as of now.
    public var pointInTime: PointInTime?
    /// How long the search is kept for the next page; nil: not at all.
    public var scroll: Duration?
    /// Shards that were not begun within it are left out; nil: as the cluster has it.
    public var timeout: Duration?
    /// Only the shards of these numbers; nil: all.
    public var shardNumbers: Set<Int>?
    /// How many shards' results are brought together at once.
    public var batchedReduceSize = Self.defaultBatchedReduceSize

    /// More shards than this are looked at first for whether they can hold what is looked for; nil: as Elasticsearch decides it.
    public var preFilterShardSize: Int?

    public static let defaultBatchedReduceSize = 512

    public init(
        routing: [String] = [], allowsPartialResults: Bool? = nil, pointInTime: PointInTime? = nil, scroll: Duration? = nil
    ) {
        self.routing = routing
        self.allowsPartialResults = allowsPartialResults
        self.pointInTime = pointInTime
        self.scroll = scroll
    }
}
