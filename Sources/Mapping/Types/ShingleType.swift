internal import Analysis

/// What a field beside a `search_as_you_type` field is made of.
enum ShinglePart: Equatable, Sendable {
    /// So many words in a row.
    case words(Int)
    /// The first letters of up to so many words in a row.
    case beginnings(of: Int)
}

/// A field beside a `search_as_you_type` field.
struct ShingleType: AnalyzedTextType {
    static let longestBeginning = 20

    var part: ShinglePart

    var name: String { "search_as_you_type" }
    var text: TextScoring? { .bm25 }

    func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, _ field: FieldMapping, _ dates: DateContext
    ) throws(ValueError) -> FieldMatch {
        throw .queryNotSupported("range", type: name)
    }

    /// The analyzer of the field, with what this part makes of its words.
    func analyzer(_ analyzer: Analyzer, isSearching: Bool) -> Analyzer {
        switch part {
        case .words(let count): analyzer.rows(ofWords: count...count)
        // A query's last word is the beginning itself.
        case .beginnings(let count): isSearching ? analyzer : analyzer.rows(ofWords: 1...count, beginnings: 1...Self.longestBeginning)
        }
    }
}
