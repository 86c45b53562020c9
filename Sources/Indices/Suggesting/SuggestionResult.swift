public import JSON

/// The answer to one of a search's suggestions.
public struct SuggestionResult: Sendable {
    /// A suggestion. What is nil belongs to another suggester.
    public struct Option: Sendable {
        public var text: String
        public var score: Float
        /// Of a term: documents that have it.
        public var frequency: Int?
        /// Of a phrase: with the corrected words marked.
        public var highlighted: String?
        /// Of a completion: the document that it stands in.
        public var hit: SearchResponse.Hit?
        public var contexts: JSONMembers?

        public init(text: String, score: Float, frequency: Int? = nil, highlighted: String? = nil) {
            self.text = text
            self.score = score
            self.frequency = frequency
            self.highlighted = highlighted
        }
    }

    /// A word, or the text as a whole.
    public struct Entry: Sendable {
        public var text: String
        /// UTF-16 code units.
        public var offset: Int
        public var length: Int
        public var options: [Option]
    }

    public var name: String
    /// `term`, `phrase` or `completion`.
    public var kind: String
    public var entries: [Entry]
}
