internal import Glibc

/// Counts of numbers that are equal to so many significant digits, as HdrHistogram keeps them.
///
/// Source: http://hdrhistogram.github.io/HdrHistogram/
public struct DigitHistogram: Equatable, Sendable {
    private let digits: Int
    /// By the lower end of a range of equal numbers.
    private var counts: [Double: Int] = [:]
    public private(set) var count = 0
    private var least = Double.infinity

    public init(digits: Int) { self.digits = min(max(digits, 0), 5) }

    /// Half of the ranges that numbers up to twice another are divided into.
    private var halfCount: Double {
        let largest = 2 * pow(10, Double(digits))
        return exp2(log2(largest).rounded(.up)) / 2
    }

    /// - Returns: whether it is a number that can be counted: negative ones cannot.
    @discardableResult
    public mutating func add(_ value: Double, times: Int = 1) -> Bool {
        guard value >= 0, value.isFinite else { return false }
        counts[start(value), default: 0] += times
        count += times
        if value > 0 { least = min(least, value) }
        return true
    }

    /// Adds what another of as many digits has counted.
    public mutating func merge(_ other: DigitHistogram) {
        for (start, number) in other.counts { counts[start, default: 0] += number }
        count += other.count
        least = min(least, other.least)
    }

    private func width(_ value: Double) -> Double { exp2(log2(value).rounded(.down)) / halfCount }

    private func start(_ value: Double) -> Double {
        if value == 0 { return 0 }
        let width = width(value)
        return (value / width).rounded(.down) * width
    }

    /// The greatest number that counts as equal.
    private func end(_ start: Double) -> Double {
        if start == 0 { return 0 }
        return start + width(start) - (least.isFinite ? width(least) : 0)
    }

    /// The value up to which a share of all lies, the greatest that counts as equal; nil without values, or for a share
    /// beyond 0...1.
    ///
    /// - Complexity: O(*n* log *n*) in the ranges that have values.
    public func quantile(_ fraction: Double) -> Double? {
        guard count > 0, (0...1).contains(fraction) else { return nil }
        let wanted = max(1, Int(fraction * Double(count) + 0.5))
        var seen = 0
        for (start, number) in counts.sorted(by: { $0.key < $1.key }) {
            seen += number
            if seen >= wanted { return end(start) }
        }
        return nil
    }

    /// The share of the values up to one, and of those that count as equal to it, 0...1; nil without values.
    public func rank(_ value: Double) -> Double? {
        if count == 0 { return nil }
        let limit = value < 0 ? -1 : start(value)
        let below = counts.reduce(0) { $0 + ($1.key <= limit ? $1.value : 0) }
        return Double(below) / Double(count)
    }
}
