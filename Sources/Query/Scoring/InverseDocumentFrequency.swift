internal import Glibc

/// How Lucene's BM25 scores a term in a field without norms and frequencies.
///
/// With a frequency of 1 and no length, tf·(k₁ + 1) / (tf + k₁) is 1 and only the inverse document frequency is left.
/// Reference: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
public enum InverseDocumentFrequency {
    /// ln(1 + (N − n + 0.5) / (n + 0.5))
    ///
    /// - Parameters:
    ///   - documents: N, the documents that have the field.
    ///   - matching: n, those of them that have the term; at most N.
    public static func score(documents: Int, matching: Int) -> Float {
        Float(log(1 + (Double(documents - matching) + 0.5) / (Double(matching) + 0.5)))
    }
}
