import Foundation

/// The scale of cosines with which a softmax over labels is as sure as it is right: the one that makes the right labels likeliest.
enum LogitScaleFit {
    /// - Parameter examples: of each picture, the cosines of all labels, and the place of the right one.
    /// - Complexity: O(60 · examples · labels).
    /// - Returns: from 1 to 1000; nil where there is nothing to choose between.
    static func scale(_ examples: [(cosines: [Float], label: Int)]) -> Float? {
        let usable = examples.filter { $0.cosines.count > 1 && $0.cosines.indices.contains($0.label) }
        guard !usable.isEmpty else { return nil }
        // The loss has one valley over the scale, and so over its logarithm.
        let golden = (5.0.squareRoot() - 1) / 2
        var low = 0.0, high = log(1000.0)
        for _ in 0..<30 {
            let left = high - golden * (high - low), right = low + golden * (high - low)
            if loss(usable, exp(left)) < loss(usable, exp(right)) { high = right } else { low = left }
        }
        return Float(exp((low + high) / 2))
    }

    /// The mean of the right labels' surprise.
    static func loss(_ examples: [(cosines: [Float], label: Int)], _ scale: Double) -> Double {
        let sum = examples.reduce(0.0) { sum, example in
            let logits = example.cosines.map { Double($0) * scale }, most = logits.max() ?? 0
            return sum + most + log(logits.reduce(0) { $0 + exp($1 - most) }) - logits[example.label]
        }
        return sum / Double(examples.count)
    }
}
