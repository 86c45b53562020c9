/// `query_string` and `simple_query_string`: queries that people write.
public struct QueryStringQuery: Equatable, Sendable {
    /// How what was written is read.
    public enum Language: Equatable, Sendable {
        /// Lucene's syntax, whose errors are reported.
        case lucene(allowsLeadingWildcard: Bool)
        /// A syntax in which nothing is an error.
        case simple
    }

    public var text: String
    public var language: Language
    /// None: the index's default fields.
    public var fields: [WeightedField]
    public var kind: MultiMatchQuery.Kind
    public var tieBreaker: Float?
    public var phraseSlop: Int
    /// Of fuzzy terms that say no number.
    public var fuzziness: Fuzziness
    public var options: MatchOptions
    public var timeZone: String?

    public init(
        text: String, language: Language = .lucene(allowsLeadingWildcard: true), fields: [WeightedField] = [],
        kind: MultiMatchQuery.Kind = .bestFields, tieBreaker: Float? = nil, phraseSlop: Int = 0,
        fuzziness: Fuzziness = .automatic, options: MatchOptions = MatchOptions(), timeZone: String? = nil
    ) {
        self.text = text
        self.language = language
        self.fields = fields
        self.kind = kind
        self.tieBreaker = tieBreaker
        self.phraseSlop = phraseSlop
        self.fuzziness = fuzziness
        self.options = options
        self.timeZone = timeZone
    }
}
