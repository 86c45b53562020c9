/// `span_*` and `intervals`: words, and how they stand to each other in one field.
public struct PositionQuery: Equatable, Sendable {
    /// What stands at a stretch of positions in the field, made of smaller stretches.
    public indirect enum Part: Equatable, Sendable {
        /// A term as it is, or as a keyword's normalizer has it.
        case term(QueryValue)
        /// A text cut into words, which stand near each other; nil: with any number of places between.
        case text(String, analyzer: String?, slop: Int?, isOrdered: Bool)
        case pattern(PatternQuery)
        case fuzzy(FuzzyTermQuery)
        case near([Part], slop: Int?, isOrdered: Bool)
        case any([Part])
        case first(Part, end: Int)
        case apart(Part, from: Part, before: Int, after: Int)
        case related(Part, Relation, Part)
    }

    /// How two stretches lie to each other.
    public enum Relation: Equatable, Sendable {
        case containing, containedBy, notContaining, notContainedBy, overlapping, notOverlapping, before, after
    }

    public var field: String
    public var part: Part
    /// Whether it scores as `intervals` does.
    public var isIntervals: Bool

    public init(field: String, part: Part, isIntervals: Bool = false) {
        self.field = field
        self.part = part
        self.isIntervals = isIntervals
    }
}

/// `more_like_this`: documents with the words that say most of some texts.
public struct MoreLikeThisQuery: Equatable, Sendable {
    /// A text that words are taken from.
    public enum Item: Equatable, Sendable {
        case text(String)
        /// A document of an index, to be replaced by its source before the query is planned; nil: of the searched one.
        case stored(index: String?, id: String, routing: String?)
        /// JSON of a document, and its id where it is in the index.
        case document([UInt8], id: String?)
    }

    /// Patterns; none: all texts and keywords.
    public var fields: [String] = []
    public var like: [Item] = []
    public var unlike: [Item] = []
    public var maximumTerms = 25
    public var minimumTermFrequency = 2
    public var minimumDocumentFrequency = 5
    public var maximumDocumentFrequency = Int.max
    public var minimumWordLength = 0
    /// 0: any.
    public var maximumWordLength = 0
    public var stopWords: Set<String> = []
    public var analyzer: String?
    public var minimumShouldMatch = MinimumShouldMatch("30%")
    /// Above 0, terms are weighed by how much they say.
    public var termBoost: Float = 0
    /// Whether the documents themselves may be found.
    public var includesItems = false
    public var failsOnUnsupportedField = true

    public init() {}
}
