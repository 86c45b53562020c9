internal import JSON
internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case query
        case fields
        case type
        case slop
        case tieBreaker = "tie_breaker"
        case boost
        case name = "_name"
    }

    private enum CombinedKey: String, BodyKey {
        case query
        case fields
        case operation = "operator"
        case minimumShouldMatch = "minimum_should_match"
        case zeroTerms = "zero_terms_query"
        case synonymPhrases = "auto_generate_synonyms_phrase_query"
        case boost
        case name = "_name"
    }

    func multiMatch(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var given: QueryValue?
        var query = MultiMatchQuery(fields: [], text: .string(""))
        for (key, field) in try body.fields(TextKey<Key>.self, of: .query("multi_match")) {
            switch key {
            case .own(.query): given = try field.queryValue()
            case .own(.fields): query.fields = field.element.isNull ? [] : try field.weightedFields()
            case .own(.type): query.kind = try kind(field)
            case .own(.slop): query.slop = try field.count()
            case .own(.tieBreaker): query.tieBreaker = field.element.isNull ? nil : try field.float()
            case .own(.boost): try options.setBoost(field)
            case .own(.name): try options.setName(field)
            case .option(let option): try query.options.take(option, field)
            }
        }
        guard let given else { throw ParseError(.parsing, "No text specified for multi_match query", at: body.path) }
        if query.options.fuzziness != nil, query.kind == .crossFields || query.kind == .phrase || query.kind == .phrasePrefix {
            throw ParseError(
                .parsing, "Fuzziness not allowed for type [\(query.kind.rawValue)]", at: body.path)
        }
        query.text = given
        return options.query(.multiMatch(query))
    }

    func kind(_ field: Field) throws(ParseError) -> MultiMatchQuery.Kind {
        let text = try field.string()
        guard let kind = MultiMatchQuery.Kind(rawValue: text.lowercased()) else {
            throw ParseError(
                .other("parse_exception", [:]), "failed to parse [multi_match] query type [\(text)]. unknown type.", at: field.path)
        }
        return kind
    }

    /// The fields looked at as one.
    func combinedFields(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var given: QueryValue?
        var query = MultiMatchQuery(fields: [], text: .string(""), kind: .crossFields, tieBreaker: 1)
        for (key, field) in try body.fields(CombinedKey.self, of: .object("combined_fields")) {
            switch key {
            case .query: given = try field.queryValue()
            case .fields: query.fields = try field.weightedFields()
            case .operation: query.options.needsAll = try field.isConjunction()
            case .minimumShouldMatch: query.options.minimumShouldMatch = try field.minimumShouldMatch()
            case .zeroTerms: query.options.matchesAllWithoutTerms = try field.matchesAllWithoutTerms()
            case .synonymPhrases: query.options.makesPhrasesOfSynonyms = try field.bool()
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let given, !query.fields.isEmpty else {
            throw .argument("Required [\(given == nil ? "query" : "fields")]", at: body.path)
        }
        if let field = query.fields.first(where: { $0.weight < 1 }) {
            throw .argument("[combined_fields] requires field boosts to be >= 1.0, but found [\(field.weight)]", at: body.path)
        }
        query.isCombined = true
        query.text = given
        return options.query(.multiMatch(query))
    }
}
