internal import JSON
internal import Query

/// What all queries of words may say.
enum MatchOptionKey: String, BodyKey {
    case operation = "operator"
    case minimumShouldMatch = "minimum_should_match"
    case fuzziness
    case prefixLength = "prefix_length"
    case maximumExpansions = "max_expansions"
    case transpositions = "fuzzy_transpositions"
    case fuzzyRewrite = "fuzzy_rewrite"
    case analyzer
    case zeroTerms = "zero_terms_query"
    case lenient
    case synonymPhrases = "auto_generate_synonyms_phrase_query"
}

/// The keys of one of these queries: the common ones and its own.
enum TextKey<Own: BodyKey>: BodyKey {
    case option(MatchOptionKey)
    case own(Own)

    init?(rawValue: String) {
        if let own = Own(rawValue: rawValue) {
            self = .own(own)
        } else if let option = MatchOptionKey(rawValue: rawValue) {
            self = .option(option)
        } else {
            return nil
        }
    }

    var rawValue: String {
        switch self {
        case .option(let key): key.rawValue
        case .own(let key): key.rawValue
        }
    }

    static var allCases: [TextKey] { Own.allCases.map { .own($0) } + MatchOptionKey.allCases.map { .option($0) } }
}

extension MatchOptions {
    mutating func take(_ key: MatchOptionKey, _ field: Field) throws(ParseError) {
        switch key {
        case .operation: needsAll = try field.isConjunction()
        case .minimumShouldMatch: minimumShouldMatch = field.element.isNull ? nil : try field.minimumShouldMatch()
        case .fuzziness: fuzziness = try field.fuzziness()
        case .prefixLength: prefixLength = try field.count()
        case .maximumExpansions: maximumExpansions = try field.count()
        case .transpositions: allowsTranspositions = try field.bool()
        case .analyzer: analyzer = field.element.isNull ? nil : try field.string()
        case .zeroTerms: matchesAllWithoutTerms = try field.matchesAllWithoutTerms()
        case .lenient: isLenient = try field.bool()
        case .synonymPhrases: makesPhrasesOfSynonyms = try field.bool()
        // Ways to do the same.
        case .fuzzyRewrite: _ = try field.text()
        }
    }
}
