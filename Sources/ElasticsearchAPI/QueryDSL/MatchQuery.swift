internal import JSON
internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case query
        case boost
        case name = "_name"
    }

    private enum PhraseKey: String, BodyKey {
        case query
        case slop
        case analyzer
        case maximumExpansions = "max_expansions"
        case zeroTerms = "zero_terms_query"
        case boost
        case name = "_name"
    }

    /// `{"field": text}` or `{"field": {"query": text, …}}`.
    func match(_ body: Node) throws(ParseError) -> Query { try match(.match, .terms, body) }

    func matchBoolPrefix(_ body: Node) throws(ParseError) -> Query { try match(.matchBoolPrefix, .boolPrefix, body) }

    private func match(_ name: QueryName, _ form: MatchQuery.Form, _ body: Node) throws(ParseError) -> Query {
        let target = try body.singleField(of: name)
        var query = MatchQuery(field: target.name, text: .string(""), form: form)
        var options = QueryOptions()
        guard target.element.kind == .object else {
            query.text = try text(target, name)
            return options.query(.match(query))
        }
        var given: QueryValue?
        for (key, field) in try target.value.fields(TextKey<Key>.self, of: .query(name.rawValue)) {
            switch key {
            case .own(.query): given = try text(field, name)
            case .own(.boost): try options.setBoost(field)
            case .own(.name): try options.setName(field)
            case .option(let option): try query.options.take(option, field)
            }
        }
        guard let given else { throw ParseError(.parsing, "No text specified for text query", at: body.path) }
        query.text = given
        return options.query(.match(query))
    }

    func matchPhrase(_ body: Node) throws(ParseError) -> Query {
        try phrase(.matchPhrase, body) { slop, _ in .phrase(slop: slop) }
    }

    func matchPhrasePrefix(_ body: Node) throws(ParseError) -> Query {
        try phrase(.matchPhrasePrefix, body) { slop, expansions in .phrasePrefix(slop: slop, expansions: expansions) }
    }

    private func phrase(
        _ name: QueryName, _ body: Node, _ form: (_ slop: Int, _ expansions: Int) -> MatchQuery.Form
    ) throws(ParseError) -> Query {
        let target = try body.singleField(of: name)
        var options = QueryOptions()
        var given: QueryValue?
        var match = MatchOptions()
        var slop = 0
        if target.element.kind == .object {
            for (key, field) in try target.value.fields(PhraseKey.self, of: .query(name.rawValue)) {
                switch key {
                case .query: given = try text(field, name)
                case .slop: slop = try field.count()
                case .analyzer: match.analyzer = field.element.isNull ? nil : try field.string()
                case .maximumExpansions:
                    guard name == .matchPhrasePrefix else { throw Parser.query(name.rawValue).unknown(field, known: []) }
                    match.maximumExpansions = try field.count()
                case .zeroTerms: match.matchesAllWithoutTerms = try field.matchesAllWithoutTerms()
                case .boost: try options.setBoost(field)
                case .name: try options.setName(field)
                }
            }
        } else {
            given = try text(target, name)
        }
        guard let given else { throw ParseError(.parsing, "No text specified for text query", at: body.path) }
        return options.query(
            .match(
                MatchQuery(field: target.name, text: given, form: form(slop, match.maximumExpansions), options: match)))
    }

    private func text(_ field: Field, _ name: QueryName) throws(ParseError) -> QueryValue {
        guard let value = QueryValue(field.element) else {
            if field.element.isNull { throw .argument("[\(name.rawValue)] requires query value", at: field.path) }
            throw ParseError(.parsing, "[\(name.rawValue)] unknown token [\(field.value.token)] after [\(field.name)]", at: field.path)
        }
        return value
    }
}
