internal import JSON
internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case query
        case defaultField = "default_field"
        case fields
        case type
        case defaultOperator = "default_operator"
        case minimumShouldMatch = "minimum_should_match"
        case fuzziness
        case prefixLength = "fuzzy_prefix_length"
        case maximumExpansions = "fuzzy_max_expansions"
        case transpositions = "fuzzy_transpositions"
        case fuzzyRewrite = "fuzzy_rewrite"
        case rewrite
        case analyzer
        case quoteAnalyzer = "quote_analyzer"
        case quoteFieldSuffix = "quote_field_suffix"
        case analyzeWildcard = "analyze_wildcard"
        case allowLeadingWildcard = "allow_leading_wildcard"
        case positionIncrements = "enable_position_increments"
        case escape
        case lenient
        case maximumStates = "max_determinized_states"
        case phraseSlop = "phrase_slop"
        case tieBreaker = "tie_breaker"
        case timeZone = "time_zone"
        case synonymPhrases = "auto_generate_synonyms_phrase_query"
        case boost
        case name = "_name"
    }

    private enum SimpleKey: String, BodyKey {
        case query
        case fields
        case defaultOperator = "default_operator"
        case minimumShouldMatch = "minimum_should_match"
        case prefixLength = "fuzzy_prefix_length"
        case maximumExpansions = "fuzzy_max_expansions"
        case transpositions = "fuzzy_transpositions"
        case analyzer
        case analyzeWildcard = "analyze_wildcard"
        case flags
        case quoteFieldSuffix = "quote_field_suffix"
        case lenient
        case synonymPhrases = "auto_generate_synonyms_phrase_query"
        case boost
        case name = "_name"
    }

    func queryString(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var text: String?
        var query = QueryStringQuery(text: "")
        for (key, field) in try body.fields(Key.self, of: .query("query_string")) {
            switch key {
            case .query: text = try field.text()
            case .defaultField:
                guard !field.element.isNull else { continue }
                let name = try field.string()
                query.fields = name == "*" ? [] : [WeightedField(name)]
            case .fields: query.fields = try field.weightedFields().filter { $0 != WeightedField("*") }
            case .type: query.kind = try kind(field)
            case .defaultOperator: query.options.needsAll = try field.isConjunction()
            case .minimumShouldMatch: query.options.minimumShouldMatch = try field.minimumShouldMatch()
            case .fuzziness: query.fuzziness = try field.fuzziness()
            case .prefixLength: query.options.prefixLength = try field.count()
            case .maximumExpansions: query.options.maximumExpansions = try field.count()
            case .transpositions: query.options.allowsTranspositions = try field.bool()
            case .analyzer: query.options.analyzer = field.element.isNull ? nil : try field.string()
            case .allowLeadingWildcard: query.language = .lucene(allowsLeadingWildcard: try field.bool())
            case .lenient: query.options.isLenient = field.element.isNull ? false : try field.bool()
            case .synonymPhrases: query.options.makesPhrasesOfSynonyms = try field.bool()
            case .phraseSlop: query.phraseSlop = try field.count()
            case .tieBreaker: query.tieBreaker = try field.float()
            case .timeZone: query.timeZone = try field.string()
            case .escape:
                guard try !field.bool() else { throw Parser.query("query_string").unexpected(field) }
            // Ways to do the same, and what has no effect here.
            case .fuzzyRewrite, .rewrite, .quoteAnalyzer, .quoteFieldSuffix, .analyzeWildcard, .positionIncrements,
                .maximumStates:
                guard field.element.isNull || field.value.text != nil else { throw field.unexpected }
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let text else {
            throw ParseError(.parsing, "[query_string] must be provided with a [query]", at: body.path)
        }
        query.text = text
        return options.query(.queryString(query))
    }

    func simpleQueryString(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var text: String?
        var query = QueryStringQuery(text: "", language: .simple, tieBreaker: 1)
        for (key, field) in try body.fields(SimpleKey.self, of: .query("simple_query_string")) {
            switch key {
            case .query: text = try field.text()
            case .fields: query.fields = try field.weightedFields().filter { $0 != WeightedField("*") }
            case .defaultOperator: query.options.needsAll = try field.isConjunction()
            case .minimumShouldMatch: query.options.minimumShouldMatch = try field.minimumShouldMatch()
            case .prefixLength: query.options.prefixLength = try field.count()
            case .maximumExpansions: query.options.maximumExpansions = try field.count()
            case .transpositions: query.options.allowsTranspositions = try field.bool()
            case .analyzer: query.options.analyzer = field.element.isNull ? nil : try field.string()
            case .lenient: query.options.isLenient = try field.bool()
            case .flags:
                // Fewer operators than all would be taken for words.
                let flags = try field.text()
                guard flags == "ALL" || flags == "-1" else { throw field.unexpected }
            case .synonymPhrases: query.options.makesPhrasesOfSynonyms = try field.bool()
            case .quoteFieldSuffix, .analyzeWildcard:
                guard field.value.text != nil else { throw field.unexpected }
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let text else {
            throw ParseError(.parsing, "[simple_query_string] query text missing", at: body.path)
        }
        query.text = text
        return options.query(.queryString(query))
    }
}
