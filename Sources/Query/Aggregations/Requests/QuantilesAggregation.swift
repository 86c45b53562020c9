/// What is read off the distribution of a field's numbers.
public struct QuantilesAggregation: Equatable, Sendable {
    /// What is read off.
    public enum Output: Equatable, Sendable {
        /// The values below which so many percent lie.
        case percentiles([Double])
        /// How many percent lie below each value.
        case ranks([Double])
        case medianAbsoluteDeviation
        case boxplot
    }

    public var field: String
    public var output: Output
    public var method: QuantileMethod
    public var isKeyed: Bool
    public var missing: QueryValue?
    public var format: String?

    public init(
        field: String, output: Output, method: QuantileMethod = .digest(compression: 100), isKeyed: Bool = true,
        missing: QueryValue? = nil, format: String? = nil
    ) {
        self.field = field
        self.output = output
        self.method = method
        self.isKeyed = isKeyed
        self.missing = missing
        self.format = format
    }

    public static let defaultPercents: [Double] = [1, 5, 25, 50, 75, 95, 99]
}

/// How a distribution is kept.
public enum QuantileMethod: Equatable, Hashable, Sendable {
    case digest(compression: Double)
    /// By counts of values that are equal to so many digits.
    case histogram(digits: Int)
}
