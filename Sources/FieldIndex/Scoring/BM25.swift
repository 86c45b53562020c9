internal import Glibc

/// How Elasticsearch scores a term: Lucene's BM25, times k₁ + 1, in Lucene's arithmetic.
///
/// boost · (k₁ + 1) · idf · freq / (freq + k₁ · (1 − b + b · length / average)), with
/// idf = ln(1 + (N − n + 0.5) / (n + 0.5)).
/// Sources: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); Lucene's
/// `BM25Similarity` and Elasticsearch's `LegacyBM25Similarity`.
public struct BM25: Sendable {
    public static let k1: Float = 1.2
    public static let b: Float = 0.75

    /// What multiplies every score.
    let weight: Float
    /// By the code of a length: 1 / (k₁ · (1 − b + b · length / average)).
    let inverses: [Float]

    /// - Parameters:
    ///   - inverseDocumentFrequency: of the term, or the sum over those of a phrase.
    ///   - averageLength: of the documents that have the field.
    ///   - k1: how fast further occurrences count less; not negative.
    ///   - b: how much long documents count less; 0 to 1.
    public init(
        inverseDocumentFrequency: Float, averageLength: Float, boost: Float = 1, k1: Float = Self.k1, b: Float = Self.b
    ) {
        weight = boost * (1 + k1) * inverseDocumentFrequency
        inverses = LengthCode.lengths.map { 1 / (k1 * ((1 - b) + b * $0 / averageLength)) }
    }

    /// - Parameters:
    ///   - documents: N, the documents that have the field.
    ///   - matching: n, those of them that have the term; at most N.
    public static func inverseDocumentFrequency(documents: Int, matching: Int) -> Float {
        Float(log(1 + (Double(documents - matching) + 0.5) / (Double(matching) + 0.5)))
    }

    /// The score of what stands once, where a field has no lengths.
    public var scoreOfValue: Float { score(frequency: 1, lengthCode: 1) }

    /// - Parameters:
    ///   - frequency: how often the term stands in the document.
    ///   - lengthCode: the code of the document's length; 1 where a field has no lengths.
    @inline(__always)
    func score(frequency: Float, lengthCode: UInt8) -> Float {
        // As Lucene has it, so that rounding never makes a greater frequency score less.
        weight - weight / (1 + frequency * inverses[Int(lengthCode)])
    }
}
