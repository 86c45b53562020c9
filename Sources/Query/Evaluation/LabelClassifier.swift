import Foundation

/// Says which of several labels a vector is nearest to: zero-shot classification, as in the CLIP paper's section 3.1.
public struct LabelClassifier: Sendable {
    /// How likely a label is beside the others.
    public struct Score: Sendable, Equatable {
        public var label: String
        /// Of all labels together 1.
        public var probability: Float

        public init(label: String, probability: Float) {
            self.label = label
            self.probability = probability
        }
    }

    private let labels: [String]
    /// Of length 1.
    private let vectors: [[Float]]
    private let scale: Float

    /// - Parameters:
    ///   - labels: with the vectors of their texts.
    ///   - logitScale: what cosines are multiplied by before the softmax.
    public init(_ labels: [(label: String, vector: [Float])], logitScale: Float) {
        self.labels = labels.map(\.label)
        vectors = labels.map { Self.unit($0.vector) }
        scale = logitScale
    }

    /// All labels, the likeliest first.
    ///
    /// - Returns: nil where the vector is of another width, or has no direction.
    /// - Complexity: O(labels · width).
    public func scores(of vector: [Float]) -> [Score]? {
        let unit = Self.unit(vector)
        guard !labels.isEmpty, vectors.allSatisfy({ $0.count == unit.count }), unit.contains(where: { $0 != 0 }) else { return nil }
        let logits = vectors.map { label in scale * zip(label, unit).reduce(into: Float(0)) { $0 += $1.0 * $1.1 } }
        // Subtracting the greatest keeps the exponentials in range.
        let most = logits.max() ?? 0
        let exponentials = logits.map { exp($0 - most) }
        let sum = exponentials.reduce(0, +)
        return zip(labels, exponentials).map { Score(label: $0, probability: $1 / sum) }
            .enumerated().sorted { ($0.element.probability, $1.offset) > ($1.element.probability, $0.offset) }.map(\.element)
    }

    private static func unit(_ vector: [Float]) -> [Float] {
        let length = vector.reduce(into: Float(0)) { $0 += $1 * $1 }.squareRoot()
        return length > 0 && length.isFinite ? vector.map { $0 / length } : vector.map { _ in 0 }
    }
}
