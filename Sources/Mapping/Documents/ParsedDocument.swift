/// A document as a shard takes it: its source, and what to index of it.
public struct ParsedDocument: Sendable {
    /// A value to index, with its field's full path.
    public struct IndexedField: Equatable, Sendable {
        public var field: String
        public var value: IndexedValue
    }

    /// A vector to index; its length is `options.dimensions`.
    public struct IndexedVector: Equatable, Sendable {
        public var field: String
        public var options: DenseVectorOptions
        public var values: [Float]

        public init(field: String, options: DenseVectorOptions, values: [Float]) {
            self.field = field
            self.options = options
            self.values = values
        }
    }

    /// A point to index.
    public struct IndexedPoint: Equatable, Sendable {
        public var field: String
        public var point: GeoPoint
    }

    /// A named weight to index; a field of one has no names.
    public struct IndexedFeature: Equatable, Sendable {
        public var field: String
        public var name: String
        public var weight: Float
    }

    /// What is stored as `_source`: the bytes as sent, or the JSON that the mapping's `_source` leaves of them.
    /// Nil when `_source` is disabled.
    public internal(set) var source: [UInt8]?
    /// What is indexed and cannot be read from `source` again, as `restore` takes it; nil: nothing.
    public internal(set) var unstored: [UInt8]?
    /// Keywords, numbers, dates and booleans, as they came.
    public internal(set) var values: [IndexedField] = []
    /// At most one a field.
    public internal(set) var texts: [IndexedText] = []
    public internal(set) var points: [IndexedPoint] = []
    /// One of each name a field.
    public internal(set) var features: [IndexedFeature] = []
    /// At most one a field.
    public internal(set) var vectors: [IndexedVector] = []
    /// Every leaf field that has a value, for `exists`.
    public internal(set) var fieldNames: Set<String> = []
    /// Its nested objects, each after those in it.
    public var nested: [NestedDocument] = []
    /// What this document adds to the mapping: to be merged into it before the document is written.
    public internal(set) var mappingUpdate: Mapping?

    /// A document without fields.
    public init() {}

    /// Adds the tokens of one more value of a `text` field.
    ///
    /// - Parameters:
    ///   - length: positions that the value takes.
    ///   - gap: positions between it and the next one.
    mutating func append(_ tokens: [IndexedText.Token], length: Int, gap: Int, hasLengths: Bool, countsOverlaps: Bool, to field: String) {
        if let index = texts.firstIndex(where: { $0.field == field }) {
            texts[index].append(tokens, length: length, gap: gap)
        } else {
            var text = IndexedText(field: field, hasLengths: hasLengths, countsOverlaps: countsOverlaps)
            text.append(tokens, length: length, gap: gap)
            texts.append(text)
        }
    }
}

/// What is indexed of a nested object.
public struct NestedDocument: Sendable {
    public var path: String
    /// Without a source, or nested objects, of its own.
    public var content: ParsedDocument
}

/// The tokens of a `text` field in one document.
public struct IndexedText: Equatable, Sendable {
    /// A term of the text, and where it stands.
    public struct Token: Equatable, Sendable {
        public var term: String
        /// Of the word; several tokens may share one.
        public var position: Int

        public init(_ term: String, position: Int) {
            self.term = term
            self.position = position
        }
    }

    public var field: String
    /// Whether scores depend on how many tokens there are (`norms`).
    public var hasLengths: Bool
    /// Whether tokens in one place count as so many in the length.
    public var countsOverlaps: Bool
    public internal(set) var tokens: [Token] = []
    /// The last position, with the gap that the next value keeps.
    private var end = -1

    init(field: String, hasLengths: Bool = true, countsOverlaps: Bool = false) {
        self.countsOverlaps = countsOverlaps
        self.field = field
        self.hasLengths = hasLengths
    }

    /// - Parameter value: one value's tokens, whose positions begin at 0.
    mutating func append(_ value: [Token], length: Int, gap: Int) {
        for token in value { tokens.append(Token(token.term, position: end + 1 + token.position)) }
        // As Lucene counts: the gap stands after each value, even an empty one.
        end += length + gap
    }

    /// Adds the tokens of the same field in another document.
    mutating func append(_ other: IndexedText) {
        for token in other.tokens { tokens.append(Token(token.term, position: end + 1 + token.position)) }
        end += max(0, other.end + 1)
    }
}
