internal import JSON
internal import Query
internal import Scripts

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case query
        case script
        case minimumScore = "min_score"
        case boost
        case name = "_name"
    }

    func scriptScore(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var inner: Query?
        var script: ScriptReference?
        var minimumScore: Float?
        for (key, field) in try body.fields(Key.self, of: .object("script_score")) {
            switch key {
            case .query: inner = try field.wrapping { () throws(ParseError) in try query(field.value) }
            case .script: script = try field.wrapping { () throws(ParseError) in try ScriptReference(field) }
            case .minimumScore: minimumScore = try field.float()
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        let missing = [inner == nil ? "query" : nil, script == nil ? "script" : nil].compactMap(\.self)
        guard let inner, let script else {
            throw .argument("Required [\(missing.joined(separator: ", "))]", at: body.path)
        }
        return options.query(.scriptScore(ScriptScoreQuery(query: inner, script: script, minimumScore: minimumScore)))
    }
}
