/// `date_histogram`: buckets of a calendar's or a clock's intervals.
public struct DateHistogramAggregation: Equatable, Sendable {
    public var field: String
    public var interval: DateInterval
    /// Milliseconds.
    public var offset: Int64 = 0
    public var minimumCount = 0
    public var extendedBounds: (lower: QueryValue, upper: QueryValue)?
    public var hardBounds: (lower: QueryValue?, upper: QueryValue?)?
    public var format: String?
    public var timeZone: String?
    public var isKeyed = false
    public var order = BucketOrder(.key, isAscending: true)
    public var missing: QueryValue?

    public init(field: String, interval: DateInterval) {
        self.field = field
        self.interval = interval
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.field == right.field && left.interval == right.interval && left.offset == right.offset
            && left.minimumCount == right.minimumCount && left.extendedBounds?.lower == right.extendedBounds?.lower
            && left.extendedBounds?.upper == right.extendedBounds?.upper && left.hardBounds?.lower == right.hardBounds?.lower
            && left.hardBounds?.upper == right.hardBounds?.upper && left.format == right.format
            && left.timeZone == right.timeZone && left.isKeyed == right.isKeyed && left.order == right.order
            && left.missing == right.missing
    }
}

/// A span of time: of the calendar, or of so many milliseconds.
public enum DateInterval: Equatable, Hashable, Sendable {
    case minute, hour, day, week, month, quarter, year
    case milliseconds(Int64)
}
