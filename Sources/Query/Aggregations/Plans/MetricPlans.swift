/// `top_hits` bound to a mapping: `size` documents of each bucket, behind the first `from`.
public struct TopHitsPlan: Equatable, Sendable {
    public var size: Int
    public var from: Int
    public var fetch: Fetch
    public var order: DocumentOrder
    /// Nil: hits come by score alone, and show nothing they are sorted by.
    public var sort: Sort?
    public var tracksScores: Bool
    public var scriptFields: [ScriptFieldPlan] = []
}

/// `percentiles`, `percentile_ranks`, `median_absolute_deviation` or `boxplot` bound to a mapping.
public struct QuantilesPlan: Equatable, Sendable {
    public var output: QuantilesAggregation.Output
    public var method: QuantileMethod
    public var isKeyed: Bool
    public var missing: Double?
}

/// `weighted_avg` bound to a mapping. A document without a value or a weight, and without one in its place, does not count.
public struct WeightedAveragePlan: Equatable, Sendable {
    public var value: ValuesSource
    public var valueMissing: Double?
    public var weight: ValuesSource
    public var weightMissing: Double?
    public var format: ValuesSource.Format
}

/// `top_metrics` bound to a mapping: the metrics of the first `size` documents in an order.
public struct TopMetricsPlan: Equatable, Sendable {
    public var metrics: [ValuesSource]
    public var order: DocumentOrder
    /// Documents without it are passed over; nil: sorted by score.
    public var sorted: ValuesSource?
    public var size: Int
}

/// `rate` bound to a mapping. Nil as unit: what is in the bucket as it is.
public struct RatePlan: Equatable, Sendable {
    /// Nil: documents are counted.
    public var values: ValuesSource?
    public var unit: DateInterval?
    public var mode: RateAggregation.Mode
    public var format: ValuesSource.Format
}
