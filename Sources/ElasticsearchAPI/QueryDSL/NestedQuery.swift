internal import JSON
internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case path, query
        case scoreMode = "score_mode"
        case ignoreUnmapped = "ignore_unmapped"
        case innerHits = "inner_hits"
        case boost
        case name = "_name"
    }

    func nested(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var path: String?
        var inner: Query?
        var nested = NestedQuery(path: "", query: .matchAll)
        for (key, field) in try body.fields(Key.self, of: .query("nested")) {
            switch key {
            case .path: path = try field.text()
            case .query: inner = try query(field.value)
            case .scoreMode:
                let text = try field.text()
                guard let mode = NestedQuery.ScoreMode(rawValue: text) else {
                    throw .argument("No score mode for child query [\(text)] found", at: field.path)
                }
                nested.scoreMode = mode
            case .ignoreUnmapped: nested.ignoresUnmapped = try field.bool()
            case .innerHits: nested.innerHits = try InnerHits(field)
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let path else { throw .argument("[nested] requires 'path' field", at: body.path) }
        guard let inner else { throw .argument("[nested] requires 'query' field", at: body.path) }
        (nested.path, nested.query) = (path, inner)
        return options.query(.nested(nested))
    }
}
