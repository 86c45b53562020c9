/// `range` and `date_range`: a bucket for each range that is given. Ranges may overlap, and a document counts in each.
public struct RangeAggregation: Equatable, Sendable {
    /// From one value up to another; nil on a side: without an end there.
    public struct Range: Equatable, Sendable {
        public var key: String?
        /// Included.
        public var from: QueryValue?
        /// Excluded.
        public var to: QueryValue?

        public init(key: String? = nil, from: QueryValue? = nil, to: QueryValue? = nil) {
            self.key = key
            self.from = from
            self.to = to
        }
    }

    public var field: String
    public var ranges: [Range]
    public var isKeyed: Bool
    /// Of dates.
    public var format: String?
    public var timeZone: String?
    public var missing: QueryValue?

    public init(field: String, ranges: [Range], isKeyed: Bool = false, format: String? = nil, timeZone: String? = nil) {
        self.field = field
        self.ranges = ranges
        self.isKeyed = isKeyed
        self.format = format
        self.timeZone = timeZone
    }
}
