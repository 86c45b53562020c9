/// How long a field's keywords are, and how evenly their characters are spread.
public struct StringStatisticsAggregation: Equatable, Sendable {
    public var field: String
    public var showsDistribution: Bool
    public var missing: QueryValue?

    public init(field: String, showsDistribution: Bool = false, missing: QueryValue? = nil) {
        self.field = field
        self.showsDistribution = showsDistribution
        self.missing = missing
    }
}
