internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case field
        case boost
        case name = "_name"
    }

    func exists(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var name: String?
        for (key, field) in try body.fields(Key.self, of: .query("exists")) {
            switch key {
            case .field: name = try field.text()
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let name else {
            throw ParseError(.parsing, "[exists] must be provided with a [field]", at: body.path)
        }
        guard !name.isEmpty else { throw .argument("field name is null or empty", at: body.path) }
        return options.query(.exists(field: name))
    }
}
