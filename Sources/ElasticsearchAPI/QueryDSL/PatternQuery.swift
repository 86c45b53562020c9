internal import JSON
internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case value
        /// Old names of `value`.
        case prefix, wildcard
        case caseInsensitive = "case_insensitive"
        case rewrite
        case flags
        case maximumStates = "max_determinized_states"
        case boost
        case name = "_name"
    }

    private enum FuzzyKey: String, BodyKey {
        case value
        case fuzziness
        case prefixLength = "prefix_length"
        case maximumExpansions = "max_expansions"
        case transpositions
        case rewrite
        case boost
        case name = "_name"
    }

    /// `prefix`, `wildcard` and `regexp`: `{"field": text}` or `{"field": {"value": text, …}}`.
    func pattern(_ name: QueryName, _ body: Node) throws(ParseError) -> Query {
        let target = try body.singleField(of: name)
        var options = QueryOptions()
        var text: String?
        var flags = "ALL", maximumStates = 10_000, isCaseInsensitive = false
        if target.element.kind == .object {
            for (key, field) in try target.value.fields(Key.self, of: .query(name.rawValue)) {
                let isKnown =
                    switch key {
                    case .prefix: name == .prefix
                    case .wildcard: name == .wildcard
                    case .flags, .maximumStates: name == .regexp
                    case .value, .caseInsensitive, .rewrite, .boost, .name: true
                    }
                guard isKnown else { throw Parser.query(name.rawValue).unknown(field, known: []) }
                switch key {
                case .value, .prefix, .wildcard: text = field.element.isNull ? nil : try field.text()
                case .caseInsensitive: isCaseInsensitive = try field.bool()
                // All give the same score here.
                case .rewrite: _ = field.element.isNull ? "" : try field.text()
                case .flags: flags = try field.text()
                case .maximumStates: maximumStates = min(try field.count(), 100_000)
                case .boost: try options.setBoost(field)
                case .name: try options.setName(field)
                }
            }
        } else {
            text = target.value.text
        }
        guard let text else { throw .argument("value cannot be null", at: target.path) }
        let kind: PatternQuery.Kind =
            switch name {
            case .prefix: .prefix
            case .wildcard: .wildcard
            default: .regexp(flags: flags, maximumStates: maximumStates)
            }
        return options.query(
            .pattern(PatternQuery(field: target.name, text: text, kind: kind, isCaseInsensitive: isCaseInsensitive)))
    }

    func fuzzy(_ body: Node) throws(ParseError) -> Query {
        let target = try body.singleField(of: .fuzzy)
        var options = QueryOptions()
        var value: QueryValue?
        var query = FuzzyTermQuery(field: target.name, value: .string(""))
        if target.element.kind == .object {
            for (key, field) in try target.value.fields(FuzzyKey.self, of: .query("fuzzy")) {
                switch key {
                case .value: value = try field.queryValue()
                case .fuzziness: query.fuzziness = try field.fuzziness()
                case .prefixLength: query.prefixLength = try field.count()
                case .maximumExpansions: query.maximumExpansions = try field.count()
                case .transpositions: query.allowsTranspositions = try field.bool()
                case .rewrite: _ = field.element.isNull ? "" : try field.text()
                case .boost: try options.setBoost(field)
                case .name: try options.setName(field)
                }
            }
        } else {
            value = QueryValue(target.element)
        }
        guard let value else { throw .argument("query value cannot be null", at: target.path) }
        query.value = value
        return options.query(.fuzzy(query))
    }
}
