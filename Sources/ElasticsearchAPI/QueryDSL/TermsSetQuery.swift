internal import JSON
internal import Query
internal import Scripts

extension QueryDecoder {
    private enum Key: String {
        case terms
        case minimum = "minimum_should_match"
        case minimumField = "minimum_should_match_field"
        case minimumScript = "minimum_should_match_script"
        case boost
        case name = "_name"
    }

    /// `{"field": {"terms": […], "minimum_should_match_field": …}}`
    func termsSet(_ body: Node) throws(ParseError) -> Query {
        let fields = try body.members(of: .query("terms_set"))
        guard let target = fields.first, target.element.kind == .object else {
            throw ParseError(.parsing, "[terms_set] unknown token [\(fields.first?.value.token ?? "END_OBJECT")]", at: body.path)
        }
        guard fields.count == 1 else {
            throw ParseError(
                .parsing, "[terms_set] query doesn't support multiple fields, found [\(target.name)] and [\(fields[1].name)]",
                at: fields[1].path)
        }
        var options = QueryOptions()
        var terms: [QueryValue] = []
        var minimum: TermsSetQuery.Minimum?
        for field in try target.value.members(of: .query("terms_set")) {
            let key = Key(rawValue: field.name)
            switch key {
            case .terms:
                guard let elements = field.value.elements else {
                    throw ParseError(.parsing, "[terms_set] query does not support [terms]", at: field.path)
                }
                for element in elements {
                    guard let value = QueryValue(element.element) else {
                        throw ParseError(.parsing, "No value specified for terms query", at: element.path)
                    }
                    terms.append(value)
                }
            case .minimum, .minimumField, .minimumScript:
                guard minimum == nil else {
                    throw ParseError(.argument, "A \(field.name) has already been set", at: field.path)
                }
                switch key {
                case .minimumField: minimum = .field(try field.string())
                case .minimumScript: minimum = .script(try ScriptReference(field))
                default: minimum = .given(try field.minimumShouldMatch())
                }
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            case nil: throw ParseError(.parsing, "[terms_set] query does not support [\(field.name)]", at: field.path)
            }
        }
        guard let minimum else { throw ParseError(.argument, "No minimum should match has been specified", at: target.path) }
        return options.query(.termsSet(TermsSetQuery(field: target.name, terms: terms, minimum: minimum)))
    }
}
