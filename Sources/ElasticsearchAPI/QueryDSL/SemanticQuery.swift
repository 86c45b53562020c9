internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case field
        case query
        case boost
        case name = "_name"
    }

    func semantic(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var path: String?, text: String?
        for (key, field) in try body.fields(Key.self, of: .object("semantic")) {
            switch key {
            case .field: path = try field.string()
            case .query: text = try field.string()
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        let missing = [path == nil ? "field" : nil, text == nil ? "query" : nil].compactMap { $0 }
        guard let path, let text else { throw .argument("Required [\(missing.joined(separator: ", "))]", at: body.path) }
        return options.query(.semantic(SemanticQuery(field: path, text: text)))
    }
}
