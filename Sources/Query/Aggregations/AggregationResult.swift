public import JSON

/// What an aggregation found: of one shard, or of several once they are merged.
public indirect enum AggregationResult: Equatable, Sendable {
    /// Of a bucket aggregation whose buckets come from the values.
    case buckets(Buckets)
    /// Of one whose buckets are given: ranges, filters.
    case slots([Slot])
    case metric(MetricSummary)
    case distinct(DistinctCount)
    case topHits([ScoredDocument], total: Int)
    /// What scripts gave: of each shard, and one value of all in the end.
    case scripted([JSONValue])

    public struct Bucket: Equatable, Sendable {
        /// One key, or of a composite bucket several; nil where documents have no value.
        public var keys: [BucketKey?]
        public var count: Int
        public var results: [AggregationResult]

        public init(keys: [BucketKey?], count: Int, results: [AggregationResult] = []) {
            self.keys = keys
            self.count = count
            self.results = results
        }

        public var key: BucketKey { keys.first.flatMap { $0 } ?? .string("") }
    }

    public struct Buckets: Equatable, Sendable {
        public var buckets: [Bucket]
        /// Values of documents in buckets that were left out.
        public var others: Int
        /// How many documents a bucket may lack that some shard left out.
        public var error: Int

        public init(_ buckets: [Bucket], others: Int = 0, error: Int = 0) {
            self.buckets = buckets
            self.others = others
            self.error = error
        }
    }

    public struct Slot: Equatable, Sendable {
        public var count: Int
        public var results: [AggregationResult]

        public init(count: Int, results: [AggregationResult]) {
            self.count = count
            self.results = results
        }
    }
}
