internal import Synchronization

/// Scores by a formula from outside. Documents differ only in a frequency and the code of a length: what was computed for a pair is
/// remembered.
final class ScriptedScorer: Sendable {
    private let similarity: ScriptedSimilarity
    /// Several of a phrase: their scores are summed.
    private let terms: [ScriptedSimilarity.Inputs]
    private let known = Mutex<[UInt64: Float]>([:])

    init(_ similarity: ScriptedSimilarity, terms: [ScriptedSimilarity.Inputs]) {
        self.similarity = similarity
        self.terms = terms.map { term in
            var term = term
            if let weight = similarity.weight { term.weight = weight(term) ?? 0 }
            return term
        }
    }

    func score(frequency: Float, lengthCode: UInt8) -> Float {
        let key = UInt64(frequency.bitPattern) << 8 | UInt64(lengthCode)
        if let score = known.withLock({ $0[key] }) { return score }
        let sum = terms.reduce(0.0) { sum, term in
            var inputs = term
            inputs.frequency = Double(frequency)
            inputs.length = Double(LengthCode.decode(lengthCode))
            return sum + (similarity.score(inputs) ?? 0)
        }
        // Scores are neither negative nor nothing.
        let score = sum > 0 ? Float(sum) : 0
        known.withLock { $0[key] = score }
        return score
    }
}
