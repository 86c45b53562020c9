internal import Foundation

/// What Student's t-test needs of two populations, or of the differences of pairs.
public struct TTestSummary: Equatable, Sendable {
    /// Count, mean and variance of some numbers, by their sums.
    public struct Population: Equatable, Sendable {
        public private(set) var count = 0
        private var sum = 0.0
        private var squares = 0.0

        public init() {}

        /// One number more.
        public mutating func add(_ value: Double) {
            count += 1
            sum += value
            squares += value * value
        }

        mutating func merge(_ other: Population) {
            count += other.count
            sum += other.sum
            squares += other.squares
        }

        var mean: Double { sum / Double(count) }
        /// Of the population that the numbers are a sample of.
        var variance: Double { (squares - sum * sum / Double(count)) / Double(count - 1) }
    }

    /// Of pairs, their differences.
    public var first = Population()
    public var second = Population()

    public init() {}

    /// Adds the numbers of another shard or bucket.
    public mutating func merge(_ other: TTestSummary) {
        first.merge(other.first)
        second.merge(other.second)
    }

    /// The probability that the means differ as much by chance; nil where there are too few numbers.
    public func probability(_ kind: TTestAggregation.Kind, tails: Int) -> Double? {
        guard first.count > 1, kind == .paired || second.count > 1 else { return nil }
        let (n, m) = (Double(first.count), Double(second.count))
        let difference: Double, variance: Double, degrees: Double
        switch kind {
        case .paired: (difference, variance, degrees) = (first.mean, first.variance / n, n - 1)
        case .homoscedastic:
            let pooled = ((n - 1) * first.variance + (m - 1) * second.variance) / (n + m - 2)
            (difference, variance, degrees) = (first.mean - second.mean, pooled * (1 / n + 1 / m), n + m - 2)
        case .heteroscedastic:
            let (a, b) = (first.variance / n, second.variance / m)
            (difference, variance) = (first.mean - second.mean, a + b)
            degrees = (a + b) * (a + b) / (a * a / (n - 1) + b * b / (m - 1))
        }
        // Without variance they differ, or they do not.
        guard variance > 0 else { return difference == 0 ? nil : 0 }
        let statistic = abs(difference / variance.squareRoot())
        return StudentDistribution(degrees: degrees).probability(below: -statistic) * Double(tails)
    }
}

/// Student's distribution.
///
/// Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.1 and 26.5.8 (the incomplete beta function as a
/// continued fraction).
struct StudentDistribution {
    let degrees: Double

    /// - Parameter value: not above 0.
    func probability(below value: Double) -> Double {
        if value == 0 { return 0.5 }
        return 0.5 * Self.beta(degrees / (degrees + value * value), degrees / 2, 0.5)
    }

    /// The regularized incomplete beta function.
    private static func beta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        // The fraction converges fast below this bound only.
        if x > (a + 1) / (a + b + 2) { return 1 - beta(1 - x, b, a) }
        let logarithm = a * log(x) + b * log1p(-x) - log(a) - (lgamma(a) + lgamma(b) - lgamma(a + b))
        return exp(logarithm) / fraction(x, a, b)
    }

    /// By Lentz's method.
    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        var value = 1.0, c = 1.0, d = 0.0
        for step in 1...10_000 {
            let m = Double(step / 2)
            let term = step % 2 == 0
                ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 + term * d
            d = 1 / (abs(d) < tiny ? tiny : d)
            c = 1 + term / c
            if abs(c) < tiny { c = tiny }
            value *= c * d
            if abs(c * d - 1) < 1e-16 { break }
        }
        return value
    }
}
