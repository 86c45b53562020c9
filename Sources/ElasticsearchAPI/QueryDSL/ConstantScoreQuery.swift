internal import JSON
internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case filter
        case boost
        case name = "_name"
    }

    func constantScore(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var filter: Query?
        for (key, field) in try body.fields(Key.self, of: .query("constant_score")) {
            switch key {
            case .filter:
                guard field.element.kind == .object else { throw unexpectedToken(field) }
                filter = try query(field.value)
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let filter else {
            throw ParseError(.parsing, "[constant_score] requires a 'filter' element", at: body.path)
        }
        return options.query(.constantScore(filter: filter))
    }

    private func unexpectedToken(_ field: Field) -> ParseError {
        ParseError(.parsing, "unexpected token [\(field.value.token)]", at: field.path)
    }
}
