/// The mean of one field's numbers, each counted as another field says.
public struct WeightedAverageAggregation: Equatable, Sendable {
    /// The values or the weights: a field, and what a document without it counts with.
    public struct Part: Equatable, Sendable {
        public var field: String
        public var missing: QueryValue?

        public init(field: String, missing: QueryValue? = nil) {
            self.field = field
            self.missing = missing
        }
    }

    public var value: Part
    public var weight: Part
    public var format: String?

    public init(value: Part, weight: Part, format: String? = nil) {
        self.value = value
        self.weight = weight
        self.format = format
    }
}
