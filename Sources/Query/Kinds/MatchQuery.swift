/// `match` and its kin: a text, cut into terms as the field's are.
public struct MatchQuery: Equatable, Sendable {
    /// How the terms are looked for.
    public enum Form: Equatable, Sendable {
        case terms
        /// One after the other, moved by `slop` places at most.
        case phrase(slop: Int)
        /// The same, the last one a prefix of so many terms at most.
        case phrasePrefix(slop: Int, expansions: Int)
        /// In any order, the last one a prefix.
        case boolPrefix
    }

    public var field: String
    public var text: QueryValue
    public var form: Form
    public var options: MatchOptions

    public init(field: String, text: QueryValue, form: Form = .terms, options: MatchOptions = MatchOptions()) {
        self.field = field
        self.text = text
        self.form = form
        self.options = options
    }
}

/// What all queries of texts may say.
public struct MatchOptions: Equatable, Sendable {
    /// Whether every term must match (`operator: and`).
    public var needsAll = false
    public var minimumShouldMatch: MinimumShouldMatch?
    public var fuzziness: Fuzziness?
    /// Of fuzzy terms.
    public var prefixLength = 0
    public var maximumExpansions = 50
    public var allowsTranspositions = true
    /// In place of the field's.
    public var analyzer: String?
    /// Whether a text without terms matches everything, or nothing.
    public var matchesAllWithoutTerms = false
    /// Whether a value that is not of the field's type matches nothing, or is an error.
    public var isLenient = false
    /// Whether the words of a synonym must stand next to each other (`auto_generate_synonyms_phrase_query`).
    public var makesPhrasesOfSynonyms = true

    public init() {}
}

/// A field, or a pattern with `*`, and how much it counts: `title^2`.
public struct WeightedField: Equatable, Hashable, Sendable {
    public var pattern: String
    public var weight: Float

    public init(_ pattern: String, weight: Float = 1) {
        self.pattern = pattern
        self.weight = weight
    }
}

/// A text looked for in several fields.
public struct MultiMatchQuery: Equatable, Sendable {
    /// How the fields' scores become one: `type`. Raw values are Elasticsearch's names.
    public enum Kind: String, Equatable, Sendable, CaseIterable {
        case bestFields = "best_fields"
        case mostFields = "most_fields"
        case crossFields = "cross_fields"
        case phrase
        case phrasePrefix = "phrase_prefix"
        case boolPrefix = "bool_prefix"
    }

    /// None: all fields that hold terms or numbers.
    public var fields: [WeightedField]
    public var text: QueryValue
    public var kind: Kind
    public var slop: Int
    /// Nil: as the kind has it.
    public var tieBreaker: Float?
    /// Whether the fields are scored as one: `combined_fields`.
    public var isCombined = false
    public var options: MatchOptions

    public init(
        fields: [WeightedField], text: QueryValue, kind: Kind = .bestFields, slop: Int = 0, tieBreaker: Float? = nil,
        options: MatchOptions = MatchOptions()
    ) {
        self.fields = fields
        self.text = text
        self.kind = kind
        self.slop = slop
        self.tieBreaker = tieBreaker
        self.options = options
    }
}
