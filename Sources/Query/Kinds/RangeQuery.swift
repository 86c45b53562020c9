public import Mapping

/// `range`: documents with a value between two bounds.
public struct RangeQuery: Equatable, Sendable {
    /// An end of the range.
    public struct Bound: Equatable, Sendable {
        public var value: QueryValue
        public var isInclusive: Bool

        public init(_ value: QueryValue, isInclusive: Bool) {
            self.value = value
            self.isInclusive = isInclusive
        }
    }

    public var field: String
    public var lower: Bound?
    public var upper: Bound?
    /// A date format for the bounds, in place of the mapping's.
    public var format: String?
    /// An ISO 8601 offset for date bounds that have none.
    public var timeZone: String?
    /// Of the spans that range fields hold to this one.
    public var relation: SpanRelation = .intersects

    public init(field: String, lower: Bound? = nil, upper: Bound? = nil, format: String? = nil, timeZone: String? = nil) {
        self.field = field
        self.lower = lower
        self.upper = upper
        self.format = format
        self.timeZone = timeZone
    }
}
