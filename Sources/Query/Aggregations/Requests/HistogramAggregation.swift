/// `histogram`: buckets of one width. A value's bucket begins at `floor((value - offset) / interval) * interval + offset`.
public struct HistogramAggregation: Equatable, Sendable {
    public var field: String
    public var interval: Double
    public var offset = 0.0
    public var minimumCount = 0
    /// Buckets that are there even without documents.
    public var extendedBounds: ClosedRange<Double>?
    /// Buckets beyond are left out.
    public var hardBounds: ClosedRange<Double>?
    public var isKeyed = false
    public var order = BucketOrder(.key, isAscending: true)
    public var missing: QueryValue?
    public var format: String?

    public init(field: String, interval: Double) {
        self.field = field
        self.interval = interval
    }
}
