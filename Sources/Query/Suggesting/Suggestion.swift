public import JSON

/// One of a search's suggestions: `suggest` by its name.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/search-suggesters
public struct Suggestion: Equatable, Sendable {
    /// Which suggester is asked, with its options.
    public enum Kind: Equatable, Sendable {
        case term(TermSuggester)
        case phrase(PhraseSuggester)
        case completion(CompletionSuggester)
    }

    public var name: String
    public var text: String
    public var field: String
    public var size: Int
    /// In place of the field's, for searches.
    public var analyzer: String?
    public var kind: Kind

    public init(name: String, text: String, field: String, size: Int = 5, analyzer: String? = nil, kind: Kind) {
        self.name = name
        self.text = text
        self.field = field
        self.size = size
        self.analyzer = analyzer
        self.kind = kind
    }

    /// Elasticsearch's name of the kind.
    public var kindName: String {
        switch kind {
        case .term: "term"
        case .phrase: "phrase"
        case .completion: "completion"
        }
    }
}

/// Which similar terms are taken for a word. Defaults are Lucene's `DirectSpellChecker`'s as Elasticsearch has them.
public struct SpellingOptions: Equatable, Sendable {
    /// For which words suggestions are made: those that the field lacks; all, of more common terms only; or all. Raw values
    /// are Elasticsearch's names.
    public enum Mode: String, Equatable, Sendable {
        case missing, popular, always
    }

    public var mode = Mode.missing
    public var maximumEdits = 2
    public var prefixLength = 1
    public var minimumWordLength = 4
    public var maximumInspections = 5
    /// From 1 on a number of documents, else a share of them.
    public var minimumDocumentFrequency: Float = 0
    public var maximumTermFrequency: Float = 0.01
    public var accuracy: Float = 0.5
    public var distance = StringDistance.internal
    public var size = 5

    public init() {}
}

/// `term`: similar terms, word by word.
public struct TermSuggester: Equatable, Sendable {
    public var spelling = SpellingOptions()
    public var isSortedByFrequency = false

    public init() {}
}

/// `phrase`: the whole text with words corrected, by how likely they stand together.
public struct PhraseSuggester: Equatable, Sendable {
    /// Words that are looked at together; nil: as the field's shingles have them.
    public var gramSize: Int?
    public var realWordErrorLikelihood = 0.95
    public var confidence = 1.0
    /// From 1 on a number of words, else a share of them.
    public var maximumErrors = 1.0
    /// Texts of as many words are not looked at: each word is tried with all that came before.
    public var tokenLimit = 10
    public var separator = " "
    public var tags: (pre: String, post: String)? { preTag.map { ($0, postTag) } }
    public var preTag: String?
    public var postTag = ""
    public var smoothing = Smoothing.stupidBackoff(discount: 0.4)
    /// Whether shingles of the text are no words of it.
    public var forcesUnigrams = true
    /// Each with the field that its terms come from; nil: the phrase's.
    public var generators: [Generator] = []

    /// Where corrections of single words come from: `direct_generator`.
    public struct Generator: Equatable, Sendable {
        public var field: String?
        public var spelling = SpellingOptions()
        /// The analyzer of a word before terms like it are looked for.
        public var preFilter: String?
        /// The analyzer of the terms that were found.
        public var postFilter: String?

        public init() {}
    }

    /// What is made of rows of words that are seldom or never seen.
    public enum Smoothing: Equatable, Sendable {
        case stupidBackoff(discount: Double)
        case laplace(alpha: Double)
        case linearInterpolation(trigram: Double, bigram: Double, unigram: Double)
    }

    public init() {}
}

/// `completion`: inputs of a `completion` field by what they begin with.
public struct CompletionSuggester: Equatable, Sendable {
    /// How an input must begin.
    public enum Matching: Equatable, Sendable {
        case prefix
        case fuzzy(FuzzyPrefix)
        /// Flags as a request has them.
        case regexp(flags: String, maximumStates: Int)
    }

    /// How far an input's beginning may be from the prefix. Lengths are in code points.
    public struct FuzzyPrefix: Equatable, Sendable {
        public var fuzziness: Fuzziness = .automatic(low: 3, high: 6)
        public var allowsTranspositions = true
        /// Whether characters are counted, and not their bytes.
        public var isUnicodeAware = false
        public var minimumLength = 3
        public var prefixLength = 1

        public init() {}
    }

    /// A context that is wanted: an element of the request as JSON text, and what it multiplies weights by.
    public struct WantedContext: Equatable, Sendable {
        public var name: String
        public var value: JSONValue
        public var boost = 1
        public var isPrefix = false

        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    public var matching = Matching.prefix
    public var skipsDuplicates = false
    public var contexts: [WantedContext] = []

    public init() {}
}
