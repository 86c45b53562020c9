/// Moments of several numbers that come together, in one pass.
///
/// Source: P. Pébay, Formulas for Robust, One-Pass Parallel Computation of Covariances and Arbitrary-Order Statistical Moments
/// (2008).
public struct MatrixSummary: Equatable, Sendable {
    public private(set) var count = 0
    /// By variable.
    public private(set) var means: [Double]
    private var second: [Double]
    private var third: [Double]
    private var fourth: [Double]
    /// Sums of products of deviations: of variable `i` and `j < i` at `i (i - 1) / 2 + j`.
    private var products: [Double]

    /// - Parameter variables: how many there are.
    public init(variables: Int) {
        means = [Double](repeating: 0, count: variables)
        (second, third, fourth) = (means, means, means)
        products = [Double](repeating: 0, count: variables * max(0, variables - 1) / 2)
    }

    /// - Complexity: O(variables²), without allocating as many numbers.
    /// A document's values, one of each variable. O(variables²).
    public mutating func add(_ values: [Double]) {
        guard values.count == means.count else { return }
        let before = Double(count), all = before + 1
        let deltas = zip(values, means).map { $0 - $1 }
        for (index, delta) in deltas.enumerated() {
            let share = delta / all, square = delta * share * before
            fourth[index] += square * share * share * (all * all - 3 * all + 3) + 6 * share * share * second[index] - 4 * share * third[index]
            third[index] += square * share * (all - 2) - 3 * share * second[index]
            second[index] += square
            means[index] += share
            for other in 0..<index { products[Self.place(index, other)] += delta * deltas[other] * before / all }
        }
        count += 1
    }

    /// Adds what another part of the documents has. O(variables²).
    public mutating func merge(_ other: MatrixSummary) {
        guard other.count > 0, other.means.count == means.count else { return }
        guard count > 0 else {
            self = other
            return
        }
        let (a, b) = (Double(count), Double(other.count)), all = a + b
        let deltas = zip(other.means, means).map { $0 - $1 }
        for (index, delta) in deltas.enumerated() {
            let (secondA, secondB) = (second[index], other.second[index])
            let (thirdA, thirdB) = (third[index], other.third[index])
            let d2 = delta * delta, d3 = d2 * delta
            fourth[index] += other.fourth[index] + d2 * d2 * a * b * (a * a - a * b + b * b) / (all * all * all)
                + 6 * d2 * (a * a * secondB + b * b * secondA) / (all * all) + 4 * delta * (a * thirdB - b * thirdA) / all
            third[index] += thirdB + d3 * a * b * (a - b) / (all * all) + 3 * delta * (a * secondB - b * secondA) / all
            second[index] += secondB + d2 * a * b / all
            means[index] += delta * b / all
            for before in 0..<index {
                products[Self.place(index, before)] += other.products[Self.place(index, before)] + delta * deltas[before] * a * b / all
            }
        }
        count += other.count
    }

    private static func place(_ first: Int, _ second: Int) -> Int {
        let (large, small) = (max(first, second), min(first, second))
        return large * (large - 1) / 2 + small
    }

    // MARK: What they say

    /// Of a sample; nil for one value.
    public func variance(_ index: Int) -> Double? { count > 1 ? second[index] / Double(count - 1) : nil }

    /// Of a variable; not a number where it does not vary.
    public func skewness(_ index: Int) -> Double { Double(count).squareRoot() * third[index] / (second[index] * second[index] * second[index]).squareRoot() }

    /// Of a variable; not a number where it does not vary.
    public func kurtosis(_ index: Int) -> Double { Double(count) * fourth[index] / (second[index] * second[index]) }

    /// Of two variables, of a sample; nil of fewer than two documents.
    public func covariance(_ first: Int, _ second: Int) -> Double? {
        if first == second { return variance(first) }
        return count > 1 ? products[Self.place(first, second)] / Double(count - 1) : nil
    }

    /// Of two variables, within −1 and 1; 1 of one with itself.
    public func correlation(_ first: Int, _ second: Int) -> Double {
        if first == second { return 1 }
        return products[Self.place(first, second)] / (self.second[first] * self.second[second]).squareRoot()
    }
}
