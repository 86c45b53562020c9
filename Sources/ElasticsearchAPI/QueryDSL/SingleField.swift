extension Node {
    /// The only member of a query's body: the field it is about, as in `{"term": {"field": …}}`.
    func singleField(of query: QueryName) throws(ParseError) -> Field {
        let fields = try members(of: .query(query.rawValue))
        guard let first = fields.first else {
            throw .argument("field name is null or empty", at: path)
        }
        if fields.count > 1 {
            throw ParseError(
                .parsing,
                "[\(query.rawValue)] query doesn't support multiple fields, found [\(first.name)] and [\(fields[1].name)]",
                at: fields[1].path)
        }
        guard !first.name.isEmpty else { throw .argument("field name is null or empty", at: path) }
        return first
    }
}
