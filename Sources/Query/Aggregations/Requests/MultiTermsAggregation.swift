/// A bucket for each combination of several fields' values.
public struct MultiTermsAggregation: Equatable, Sendable {
    /// One part of the key.
    public struct Term: Equatable, Sendable {
        public var field: String
        public var missing: QueryValue?
        public var format: String?

        public init(field: String, missing: QueryValue? = nil, format: String? = nil) {
            self.field = field
            self.missing = missing
            self.format = format
        }
    }

    public var terms: [Term]
    public var size = 10
    public var shardSize: Int?
    public var minimumCount = 1
    public var order: [BucketOrder] = [BucketOrder(.count, isAscending: false)]
    public var showsError = false

    public init(terms: [Term]) { self.terms = terms }
}
