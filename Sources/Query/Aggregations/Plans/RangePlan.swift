/// A range of a `range`'s buckets: from included, to excluded. Dates are milliseconds since 1970; nil: without an end.
public struct RangePlan: Equatable, Sendable {
    public var key: String?
    public var from: Double?
    public var to: Double?
}
