/// `composite` bound to a mapping.
public struct CompositePlan: Equatable, Sendable {
    /// One part of the key.
    public struct Source: Equatable, Sendable {
        /// What a value is brought down to before it is a part of a key.
        public enum Rounding: Equatable, Sendable {
            case none
            case interval(Double)
            case date(DateRounding)
        }

        public var name: String
        public var values: ValuesSource
        public var rounding: Rounding
        public var isAscending: Bool
        public var hasMissingBucket: Bool
        /// Whether the bucket without a value comes first, whatever the order.
        public var missingIsFirst: Bool?
        /// Whether keys are texts of a format that was asked for.
        public var isFormatted = false
    }

    public var sources: [Source]
    public var size: Int
    /// Buckets begin after it; nil within it is the bucket of documents without a value.
    public var after: [BucketKey?]?
}
