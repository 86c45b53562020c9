import Foundation

/// Where to cut similarities off, measured on pairs of which is known whether they belong together.
struct CutOffMeasurement: Equatable, Sendable {
    /// The least similarity that passes: where precision and recall together (F1) are best.
    var similarity: Float
    /// Of what passes, how much belongs together; and of what belongs together, how much passes.
    var precision, recall: Double
    /// Of what does not belong together, how much passes.
    var falsePositiveRate: Double
    var positives, negatives: Int

    /// - Parameters:
    ///   - related: similarities of pairs that belong together.
    ///   - unrelated: those of other pairs.
    ///   - unseen: further pairs that do not belong together, less alike than all others.
    /// - Complexity: O(*n* log *n*).
    /// - Returns: nil where there are none of a kind.
    init?(related: [Float], unrelated: [Float], unseen: Int = 0) {
        guard !related.isEmpty, !unrelated.isEmpty else { return nil }
        let pairs = (related.map { (similarity: $0, isRelated: true) } + unrelated.map { (similarity: $0, isRelated: false) })
            .sorted { $0.similarity > $1.similarity }
        var passed = 0, right = 0, best = (f1: 0.0, passed: 0, right: 0, last: pairs[0].similarity)
        for (number, pair) in pairs.enumerated() {
            passed += 1
            if pair.isRelated { right += 1 }
            // Equal ones pass together.
            if number + 1 < pairs.count, pairs[number + 1].similarity == pair.similarity { continue }
            let f1 = 2 * Double(right) / Double(passed + related.count)
            if f1 > best.f1 { best = (f1, passed, right, pair.similarity) }
        }
        similarity = best.last
        precision = Double(best.right) / Double(max(1, best.passed))
        recall = Double(best.right) / Double(related.count)
        positives = related.count
        negatives = unrelated.count + unseen
        falsePositiveRate = Double(best.passed - best.right) / Double(negatives)
    }
}
