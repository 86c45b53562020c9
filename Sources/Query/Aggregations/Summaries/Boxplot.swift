/// What a boxplot shows of a distribution.
public struct Boxplot: Equatable, Sendable {
    public let minimum: Double
    public let maximum: Double
    public let first: Double
    public let median: Double
    public let third: Double
    public let lower: Double
    public let upper: Double

    /// - Returns: nil where there is nothing.
    public init?(_ quantiles: Quantiles) {
        guard case .sketch(let sketch) = quantiles else { return nil }
        let reader = sketch.reader
        guard let first = reader.quantile(0.25), let median = reader.quantile(0.5), let third = reader.quantile(0.75) else { return nil }
        minimum = sketch.minimum
        maximum = sketch.maximum
        self.first = first
        self.median = median
        self.third = third
        (lower, upper) = reader.whiskers(first, third)
    }

    /// By their names in answers, in their order.
    public var values: [(name: String, value: Double)] {
        [("min", minimum), ("max", maximum), ("q1", first), ("q2", median), ("q3", third), ("lower", lower), ("upper", upper)]
    }

    func value(_ name: String) -> Double? { values.first { $0.name == name }?.value }
}
