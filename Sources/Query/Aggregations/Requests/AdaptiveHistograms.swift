/// A histogram of dates whose interval is the least that makes not too many buckets.
public struct AutoDateHistogramAggregation: Equatable, Sendable {
    public var field: String
    public var buckets = 10
    /// The least interval: one of `second`, `minute`, `hour`, `day`, `month`, `year`.
    public var minimumInterval: String?
    public var format: String?
    public var timeZone: String?
    public var missing: QueryValue?

    public init(field: String) { self.field = field }
}

/// A histogram whose buckets are clusters of numbers.
public struct VariableWidthHistogramAggregation: Equatable, Sendable {
    public var field: String
    public var buckets = 10
    public var shardSize: Int?
    public var missing: QueryValue?

    public init(field: String) { self.field = field }
}
