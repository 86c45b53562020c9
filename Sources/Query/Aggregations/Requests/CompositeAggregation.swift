/// `composite`: a bucket for each combination of several sources' values, in the order of the keys, a page at a time.
///
/// Source: https://www.elastic.co/docs/reference/aggregations/search-aggregations-bucket-composite-aggregation
public struct CompositeAggregation: Equatable, Sendable {
    /// One part of the key.
    public struct Source: Equatable, Sendable {
        /// How a document's values become parts of keys.
        public enum Kind: Equatable, Sendable {
            case terms
            case histogram(interval: Double)
            case dateHistogram(DateInterval, offset: Int64, timeZone: String?)
        }

        public var name: String
        public var field: String
        public var kind: Kind
        public var isAscending = true
        /// Whether documents without a value have a bucket, whose key is null.
        public var hasMissingBucket = false
        /// Whether that bucket comes first; nil: where nulls stand in the order.
        public var missingIsFirst: Bool?
        public var format: String?

        public init(name: String, field: String, kind: Kind) {
            self.name = name
            self.field = field
            self.kind = kind
        }
    }

    public var sources: [Source]
    public var size: Int
    /// The last bucket of the page before, by the sources' names; nil for the first page.
    public var after: [String: QueryValue?]?

    public init(sources: [Source], size: Int = 10, after: [String: QueryValue?]? = nil) {
        self.sources = sources
        self.size = size
        self.after = after
    }
}
