/// The sum of numbers times their weights, and of the weights.
public struct WeightedSum: Equatable, Sendable {
    private var products = MetricSummary()
    private var weights = MetricSummary()

    public init() {}

    /// One number more, which counts `weight` times.
    public mutating func add(_ value: Double, weight: Double) {
        products.add(value * weight)
        weights.add(weight)
    }

    /// Adds the numbers of another shard or bucket.
    public mutating func merge(_ other: WeightedSum) {
        products.merge(other.products)
        weights.merge(other.weights)
    }

    /// Nil where nothing has a weight.
    public var mean: Double? { weights.sum == 0 ? nil : products.sum / weights.sum }
}
