/// A document whose terms are asked for: one of an index, or one that a request brings.
public struct TermVectorsRequest: Equatable, Sendable {
    /// Only the terms that say most.
    public struct Filter: Equatable, Sendable {
        public var maximumTerms = 25
        public var termFrequency = 1...Int.max
        public var documentFrequency = 1...Int.max
        /// Characters; an upper bound of 0 is none.
        public var wordLength = 0...Int.max

        public init() {}
    }

    public var index: String
    public var id: String?
    /// JSON of a document that is in no index.
    public var document: [UInt8]?
    /// Patterns; nil: of a document in an index, the fields that keep term vectors; of another, all texts.
    public var fields: [String]?
    public var showsOffsets = true
    public var showsPositions = true
    public var showsTermStatistics = false
    public var showsFieldStatistics = true
    public var routing: String?
    public var isRealTime = true
    public var version: Int64?
    public var filter: Filter?
    /// Names of analyzers by field, in place of the fields' own.
    public var analyzers: [String: String] = [:]

    public init(index: String, id: String? = nil) {
        self.index = index
        self.id = id
    }
}

/// The terms of a document, field by field.
public struct TermVectors: Equatable, Sendable {
    /// Where a term stands: its place among the words, and where its word lies in the text.
    public struct Occurrence: Equatable, Sendable {
        public var position: Int
        /// UTF-16 code units.
        public var start: Int
        public var end: Int
    }

    /// A term of a field.
    public struct Term: Equatable, Sendable {
        public var text: String
        /// In the order of their positions.
        public var occurrences: [Occurrence]
        /// In all documents of the shard; nil where it is in none, or not asked for.
        public var documentFrequency: Int?
        public var totalFrequency: Int?
        /// Of filtered terms: how much it says.
        public var score: Float?
    }

    /// A field's terms.
    public struct Field: Equatable, Sendable {
        public var name: String
        /// Sums over the shard's documents; nil if not asked for.
        public var statistics: Statistics?
        /// By their UTF-8.
        public var terms: [Term]
    }

    /// What Lucene knows of a field: documents that have it, the sum of its terms' documents, and of their occurrences.
    public struct Statistics: Equatable, Sendable {
        public var documentFrequencies: Int
        public var documents: Int
        public var totalFrequency: Int
    }

    public var index: String
    public var id: String?
    public var version: Int64 = 0
    public var isFound = false
    public var milliseconds = 0
    public var fields: [Field] = []
    public var showsPositions = true
    public var showsOffsets = true
}
