internal import Foundation

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
