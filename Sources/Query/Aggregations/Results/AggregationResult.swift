public import JSON

/// What an aggregation found: of one shard, or of several once they are merged.
public indirect enum AggregationResult: Equatable, Sendable {
    /// Of a bucket aggregation whose buckets come from the values.
    case buckets(Buckets)
    /// Of one whose buckets are given: ranges, filters.
    case slots([Slot])
    case metric(MetricSummary)
    case distinct(DistinctCount)
    /// What scripts gave: of each shard, and one value of all in the end.
    case scripted([JSONValue])
    case topHits([ScoredDocument], total: Int)
    case quantiles(Quantiles)
    case weighted(WeightedSum)
    case tTest(TTestSummary)
    case geo(GeoSummary)
    case strings(StringSummary)
    case topMetrics([TopMetric])
    case matrix(MatrixSummary)
    /// Of a pipeline, and of a rate.
    case value(PipelineValue)
    /// Nothing to be answered: of pipelines before they have run, and where they find nothing.
    case absent

    /// A bucket of those that are told by their keys.
    public struct Bucket: Equatable, Sendable {
        /// One key, or of a composite bucket several; nil where documents have no value.
        public var keys: [BucketKey?]
        public var count: Int
        public var results: [AggregationResult]
        /// How many documents it may lack that some shard left out.
        public var error = 0
        /// Of a significant term: documents that have it among all, and how significant it is.
        public var background = 0
        public var score = 0.0
        /// Of a cluster of numbers.
        public var bounds: ClosedRange<Double>?

        public init(keys: [BucketKey?], count: Int, results: [AggregationResult] = []) {
            self.keys = keys
            self.count = count
            self.results = results
        }

        public var key: BucketKey { keys.first.flatMap { $0 } ?? .string("") }
    }

    /// Buckets that are told by their keys, and what is known of those that are not among them.
    public struct Buckets: Equatable, Sendable {
        public var buckets: [Bucket]
        /// Values of documents in buckets that were left out.
        public var others: Int
        /// How many documents a bucket may lack that some shard left out.
        public var error: Int
        /// Documents that were looked at, and those they are compared with; of significant terms.
        public var foreground = 0
        public var background = 0
        /// Which of the intervals of dates, and how many of them a bucket spans.
        public var interval = 0
        public var step = 1
        /// Of a composite, the keys of the last bucket, whether or not a pipeline takes it away.
        public var lastKeys: [BucketKey?]?

        public init(_ buckets: [Bucket], others: Int = 0, error: Int = 0) {
            self.buckets = buckets
            self.others = others
            self.error = error
        }
    }

    /// A bucket of those that the request gives: filters, ranges.
    public struct Slot: Equatable, Sendable {
        public var count: Int
        public var results: [AggregationResult]
        /// Which of the given buckets it is: pipelines may take some away.
        public var index: Int

        public init(count: Int, results: [AggregationResult], index: Int = 0) {
            self.count = count
            self.results = results
            self.index = index
        }
    }
}
