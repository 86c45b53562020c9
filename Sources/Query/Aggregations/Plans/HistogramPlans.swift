/// `histogram` or `date_histogram` bound to a mapping. Bounds and `missing` are numbers, milliseconds since 1970 for dates.
public struct HistogramPlan: Equatable, Sendable {
    /// What a value is brought down to.
    public enum Rounding: Equatable, Sendable {
        case interval(Double, offset: Double)
        case date(DateRounding)
    }

    public var rounding: Rounding
    public var minimumCount: Int
    public var extendedBounds: ClosedRange<Double>?
    public var hardBounds: ClosedRange<Double>?
    public var isKeyed: Bool
    public var order: BucketOrder
    public var missing: Double?
}

/// `auto_date_histogram` bound to a mapping: the finest interval that needs at most so many buckets.
public struct AutoDateHistogramPlan: Equatable, Sendable {
    public var buckets: Int
    public var intervals: AutoDateIntervals
    public var missing: Double?
}

/// `variable_width_histogram` bound to a mapping: so many clusters of numbers, made of `shardSize` of each shard.
public struct VariableWidthHistogramPlan: Equatable, Sendable {
    public var buckets: Int
    public var shardSize: Int
    public var missing: Double?
}
