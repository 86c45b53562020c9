internal import Query

extension QueryDecoder {
    /// `match_all` and `match_none`: nothing but `boost` and `_name`.
    func unfiltered(_ kind: Query.Kind, _ name: QueryName, _ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        for (key, field) in try body.fields(QueryOptions.Key.self, of: .object(name.rawValue)) {
            switch key {
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        return options.query(kind)
    }
}
