/// What of a hit's texts is shown, with the found words marked: `highlight` of a search.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/highlighting
public struct Highlight: Equatable, Sendable {
    /// A field whose words are marked.
    public struct Field: Equatable, Sendable {
        /// A path, or a pattern with `*`.
        public var pattern: String
        /// In place of what holds for all fields.
        public var settings: Settings

        public init(pattern: String, settings: Settings = Settings()) {
            self.pattern = pattern
            self.settings = settings
        }
    }

    /// What may be said of one field, and of all.
    public struct Settings: Equatable, Sendable {
        public var type: String?
        public var preTags: [String]?
        public var postTags: [String]?
        /// UTF-16 code units.
        public var fragmentSize: Int?
        /// 0: whole values.
        public var fragmentCount: Int?
        /// Of `fvh`: how far before a match its fragment begins.
        public var fragmentOffset: Int?
        public var isOrderedByScore: Bool?
        /// How much of the beginning is shown where nothing is found.
        public var noMatchSize: Int?
        public var requiresFieldMatch: Bool?
        /// In place of the search's query.
        public var query: Query?
        public var matchedFields: [String]?
        public var encodesHTML: Bool?
        public var boundaryScanner: BoundaryScanner?
        public var boundaryCharacters: String?
        /// How far `chars` looks for one.
        public var boundaryScan: Int?
        /// Of `plain`: `simple` or `span`.
        public var fragmenter: String?
        /// Only this much of a text is looked at; -1: what the index allows.
        public var analyzedLimit: Int?
        public var phraseLimit: Int?

        public init() {}
    }

    /// Where fragments may end. Raw values are Elasticsearch's names.
    public enum BoundaryScanner: String, Equatable, Sendable {
        case sentence, word, chars
    }

    public var settings: Settings
    public var fields: [Field]

    public init(fields: [Field], settings: Settings = Settings()) {
        self.settings = settings
        self.fields = fields
    }
}

/// Why a text cannot be highlighted. Each case notes Elasticsearch's reason for it.
public enum HighlightProblem: Error, Equatable, Sendable {
    /// `unknown highlighter type [t] for the field [f]`
    case unknownType(String, field: String)
    /// `unknown fragmenter option [x] for the field [f]`
    case unknownFragmenter(String, field: String)
    /// `Invalid boundary scanner type: CHARS`
    case boundaryNotSupported(Highlight.BoundaryScanner)
    /// `Matched fields are not supported when [require_field_match] is set to [false]`
    case matchedFieldsNeedFieldMatch
    /// `the field [f] should be indexed with term vector with position offsets to be used with fast vector highlighter`
    case termVectorsMissing(field: String)
    /// `fragCharSize(n) is too small. It must be m or higher.`
    case fragmentTooSmall(Int, minimum: Int)
    /// `The length [n] of field [f] in doc[d]/index[i] exceeds the [index.highlight.max_analyzed_offset] limit [m]. …`
    case textTooLong(field: String, length: Int, limit: Int, document: String, index: String)
}
