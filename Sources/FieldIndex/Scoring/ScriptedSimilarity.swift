/// A similarity whose formula comes from outside, as functions of what is known of a term and a document.
public struct ScriptedSimilarity: Hashable, Sendable {
    /// What a formula may look at, by Elasticsearch's names: of `field`, `term` and `query`; of `doc` beside them.
    public struct Inputs: Equatable, Sendable {
        public var boost: Double
        /// Documents that have the field.
        public var documents: Int
        /// Postings of all of the field's terms.
        public var postings: Int
        /// Occurrences of all of the field's terms.
        public var occurrences: Int
        /// Documents that have the term.
        public var termDocuments: Int
        public var termOccurrences: Int
        /// What the weight's formula gave; 1 without one.
        public var weight = 1.0
        public var frequency = 0.0
        public var length = 0.0

        public init(
            boost: Double = 1, documents: Int, postings: Int, occurrences: Int, termDocuments: Int, termOccurrences: Int
        ) {
            self.boost = boost
            self.documents = documents
            self.postings = postings
            self.occurrences = occurrences
            self.termDocuments = termDocuments
            self.termOccurrences = termOccurrences
        }
    }

    /// The formulas' texts: two with the same are one.
    public let texts: [String]
    /// What all of a term's scores have in common; nil where it cannot be computed.
    let weight: (@Sendable (Inputs) -> Double?)?
    /// Nil where it cannot be computed: the document scores 0.
    let score: @Sendable (Inputs) -> Double?

    public init(
        texts: [String], weight: (@Sendable (Inputs) -> Double?)?, score: @escaping @Sendable (Inputs) -> Double?
    ) {
        self.texts = texts
        self.weight = weight
        self.score = score
    }

    public static func == (left: ScriptedSimilarity, right: ScriptedSimilarity) -> Bool { left.texts == right.texts }

    public func hash(into hasher: inout Hasher) { hasher.combine(texts) }
}
