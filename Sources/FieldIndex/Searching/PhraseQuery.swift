/// Terms that stand one after the other.
public struct PhraseQuery: Hashable, Sendable {
    /// One place of a phrase.
    public struct Slot: Hashable, Sendable {
        /// Any of them may stand there.
        public var terms: [String]
        /// The place, counted as the analyzer does: it leaves gaps where it left words out.
        public var position: Int

        public init(_ terms: [String], position: Int) {
            self.terms = terms
            self.position = position
        }
    }

    public var field: String
    public var slots: [Slot]
    /// How many places terms may have been moved, together.
    public var slop: Int
    public var similarity: Similarity

    public init(field: String, slots: [Slot], slop: Int = 0, similarity: Similarity = .standard) {
        self.similarity = similarity
        self.field = field
        self.slots = slots
        self.slop = slop
    }

    /// Consecutive terms.
    public init(field: String, terms: [String], slop: Int = 0) {
        self.init(field: field, slots: terms.enumerated().map { Slot([$1], position: $0) }, slop: slop)
    }
}
