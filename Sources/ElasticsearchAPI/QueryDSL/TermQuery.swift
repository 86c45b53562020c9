internal import JSON
internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case value
        /// The old name of `value`.
        case term
        case caseInsensitive = "case_insensitive"
        case boost
        case name = "_name"
    }

    /// `{"field": value}` or `{"field": {"value": …, "case_insensitive": …}}`.
    func term(_ body: Node) throws(ParseError) -> Query {
        let field = try body.singleField(of: .term)
        var options = QueryOptions()
        var isCaseInsensitive = false
        var value: Node?
        switch field.element.kind {
        case .object:
            for (key, field) in try field.value.fields(Key.self, of: .query("term")) {
                switch key {
                case .value, .term: value = field.value
                case .caseInsensitive: isCaseInsensitive = try field.bool()
                case .boost: try options.setBoost(field)
                case .name: try options.setName(field)
                }
            }
        case .array, .string, .integer, .unsigned, .double, .boolean, .null: value = field.value
        }
        guard let value, !value.element.isNull else { throw .argument("value cannot be null", at: field.path) }
        guard let value = QueryValue(value.element) else {
            throw ParseError(.parsing, "[term] query does not support \(value.kindName) of values", at: value.path)
        }
        return options.query(.term(TermQuery(field: field.name, value: value, isCaseInsensitive: isCaseInsensitive)))
    }
}

extension Node {
    fileprivate var kindName: String { element.kind.rawValue }
}
