/// A term that scores.
public struct ScoredTerm: Hashable, Sendable {
    public var field: String
    public var term: String
    public var boost: Float
    /// The documents that have the term, if the score is to take another number of them.
    public var documentFrequency: Int?
    public var similarity: Similarity

    public init(
        field: String, term: String, boost: Float = 1, documentFrequency: Int? = nil, similarity: Similarity = .standard
    ) {
        self.field = field
        self.term = term
        self.boost = boost
        self.documentFrequency = documentFrequency
        self.similarity = similarity
    }
}
