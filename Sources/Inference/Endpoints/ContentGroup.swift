public import Contents

/// Contents that become one vector together.
public struct ContentGroup: Sendable, Equatable {
    public var contents: [WeightedContent]

    public init(_ contents: [WeightedContent]) { self.contents = contents }

    public init(_ content: InferenceContent) { self.init([WeightedContent(content)]) }

    /// The vector of one content as it is; of several, or of a weighted one, the sum of their unit vectors times their weights,
    /// of length 1.
    ///
    /// - Parameters:
    ///   - vectors: one or more of the same width.
    ///   - weights: as many.
    /// - Returns: nil where the vectors are of several widths, or there are none.
    /// - Throws: `InferenceError.contentsCancelOut` where nothing is left.
    public static func mixed(_ vectors: [[Float]], weights: [Float]) throws(InferenceError) -> [Float]? {
        guard let first = vectors.first, vectors.allSatisfy({ $0.count == first.count }) else { return nil }
        if vectors.count == 1, weights.first == 1 { return first }
        var sum = [Double](repeating: 0, count: first.count)
        for (vector, weight) in zip(vectors, weights) {
            let length = Self.length(vector.map(Double.init))
            guard length > 0 else { continue }
            let factor = Double(weight) / length
            for index in sum.indices { sum[index] += factor * Double(vector[index]) }
        }
        let length = Self.length(sum)
        // Relative to what went in: rounding leaves about 1e-7 of contents that are each other's opposites.
        let weight = weights.reduce(0) { $0 + Double($1.magnitude) }
        guard length > leastLength * weight, length.isFinite else { throw .contentsCancelOut }
        return sum.map { Float($0 / length) }
    }

    private static let leastLength = 1e-5

    private static func length(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
