/// What is known of some numbers when all have been seen.
public struct MetricSummary: Equatable, Sendable {
    public private(set) var count = 0
    public private(set) var minimum = Double.infinity
    public private(set) var maximum = -Double.infinity
    private var total = CompensatedSum()
    private var squares = CompensatedSum()

    public init() {}

    /// One number more. Sums are compensated (Kahan), so that the order hardly matters.
    public mutating func add(_ value: Double) {
        count += 1
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        total.add(value)
        squares.add(value * value)
    }

    /// Values of which only the number counts.
    public mutating func add(count: Int) { self.count += count }

    /// Adds the numbers of another shard or bucket.
    public mutating func merge(_ other: MetricSummary) {
        count += other.count
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
        total.add(other.total)
        squares.add(other.squares)
    }

    /// As of so many times the values.
    func scaled(by factor: Double) -> MetricSummary {
        var scaled = self
        scaled.count = Int(exactly: (Double(count) * factor).rounded()) ?? .max
        (scaled.total, scaled.squares) = (CompensatedSum(), CompensatedSum())
        scaled.total.add(sum * factor)
        scaled.squares.add(sumOfSquares * factor)
        return scaled
    }

    public var sum: Double { total.value }
    public var sumOfSquares: Double { squares.value }
    public var mean: Double? { count == 0 ? nil : sum / Double(count) }

    /// Of all values, not of a sample of them.
    public var variance: Double? {
        guard let mean else { return nil }
        return max(0, sumOfSquares / Double(count) - mean * mean)
    }
}

extension MetricSummary {
    /// The values of `stats`.
    static let names: Set<String> = ["count", "min", "max", "avg", "sum"]

    /// The values of `extended_stats`.
    static let extendedNames = names.union([
        "sum_of_squares", "variance", "variance_population", "variance_sampling", "std_deviation", "std_deviation_population",
        "std_deviation_sampling", "std_upper", "std_upper_population", "std_upper_sampling", "std_lower", "std_lower_population",
        "std_lower_sampling",
    ])

    /// One of the values by its name in answers.
    public func value(_ name: String) -> Double? {
        switch name {
        case "min": count == 0 ? nil : minimum
        case "max": count == 0 ? nil : maximum
        case "avg": mean
        case "sum": sum
        case "count", "value_count": Double(count)
        case "sum_of_squares": count == 0 ? nil : sumOfSquares
        case "variance": variance
        case "std_deviation": variance?.squareRoot()
        default: nil
        }
    }

    /// Of the values less one: not a number of a single one.
    public var samplingVariance: Double? {
        guard let mean else { return nil }
        return count < 2 ? .nan : max(0, sumOfSquares - mean * sum) / Double(count - 1)
    }

    /// One of the values of `extended_stats` by its name.
    ///
    /// - Parameter sigma: how many standard deviations the bounds lie from the mean.
    public func value(_ name: String, sigma: Double) -> Double? {
        let sampling = samplingVariance?.squareRoot()
        func bound(_ deviation: Double?, _ sign: Double) -> Double? {
            deviation.flatMap { deviation in mean.map { $0 + sign * sigma * deviation } }
        }
        switch name {
        case "variance_population": return variance
        case "variance_sampling": return samplingVariance
        case "std_deviation_population": return variance?.squareRoot()
        case "std_deviation_sampling": return sampling
        case "std_upper", "std_upper_population": return bound(variance?.squareRoot(), 1)
        case "std_lower", "std_lower_population": return bound(variance?.squareRoot(), -1)
        case "std_upper_sampling": return bound(sampling, 1)
        case "std_lower_sampling": return bound(sampling, -1)
        default: return value(name)
        }
    }
}

/// A sum that loses little: what rounding takes from it is kept apart (Kahan and Babuška; Neumaier, 1974).
private struct CompensatedSum: Equatable {
    private var sum = 0.0
    private var lost = 0.0

    var value: Double { sum.isFinite ? sum + lost : sum }

    mutating func add(_ value: Double) {
        let next = sum + value
        if next.isFinite { lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum }
        sum = next
    }

    mutating func add(_ other: CompensatedSum) {
        add(other.sum)
        lost += other.lost
    }
}
