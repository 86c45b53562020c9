internal import JSON
internal import Query
internal import Scripts

extension QueryDecoder {
    private enum Key: String {
        case script
        case boost
        case name = "_name"
    }

    func script(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var script: ScriptReference?
        for field in try body.members(of: .query("script")) {
            switch Key(rawValue: field.name) {
            case .script:
                guard field.element.kind != .array else {
                    throw ParseError(
                        .parsing,
                        "[script] query does not support an array of scripts. Use a bool query with a clause per script instead.",
                        at: field.path)
                }
                script = try ScriptReference(field)
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            case nil: throw ParseError(.parsing, "[script] query does not support [\(field.name)]", at: field.path)
            }
        }
        guard let script else {
            throw ParseError(.parsing, "script must be provided with a [script] query filter", at: body.path)
        }
        return options.query(.script(script))
    }
}
