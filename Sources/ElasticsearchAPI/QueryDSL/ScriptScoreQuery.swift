internal import JSON
internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case query
        case script
        case minimumScore = "min_score"
        case boost
        case name = "_name"
    }

    private enum ScriptKey: String, BodyKey {
        case source
        /// The old name of `source`.
        case inline
        case params
        case lang
    }

    func scriptScore(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var inner: Query?
        var script: (script: VectorScript, vector: QueryVector)?
        var minimumScore: Float?
        for (key, field) in try body.fields(Key.self, of: .object("script_score")) {
            switch key {
            case .query: inner = try field.wrapping { () throws(ParseError) in try query(field.value) }
            case .script: script = try field.wrapping { () throws(ParseError) in try vectorScript(field) }
            case .minimumScore: minimumScore = try field.float()
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        let missing = [inner == nil ? "query" : nil, script == nil ? "script" : nil].compactMap(\.self)
        guard let inner, let script else {
            throw .argument("Required [\(missing.joined(separator: ", "))]", at: body.path)
        }
        return options.query(
            .scriptScore(
                ScriptScoreQuery(
                    query: inner, script: script.script.script, field: script.script.field, vector: script.vector,
                    minimumScore: minimumScore)))
    }

    private func vectorScript(_ field: Field) throws(ParseError) -> (script: VectorScript, vector: QueryVector) {
        var source: String?
        var params: [Field] = []
        if let text = field.element.string {
            source = text
        } else {
            for (key, field) in try field.value.fields(ScriptKey.self, of: .object("script")) {
                switch key {
                case .source, .inline: source = try field.string()
                case .params: params = try field.value.members(of: .object("script"))
                case .lang:
                    guard try field.string() == "painless" else {
                        throw .argument("script_lang not supported [\(try field.string())]", at: field.path)
                    }
                }
            }
        }
        guard let source else { throw .argument("must specify either [source] for an inline script or [id] for a stored script") }
        guard let script = VectorScript(source: source) else {
            throw scriptError("compile error", source, "only the vector functions' usual forms are supported", at: field.path)
        }
        guard let vector = params.first(where: { $0.name == script.parameter }) else {
            throw scriptError("runtime error", source, "params.\(script.parameter) is missing", at: field.path)
        }
        return (script, try vector.queryVector())
    }

    private func scriptError(_ reason: String, _ source: String, _ detail: String, at path: JSONPath) -> ParseError {
        ParseError(
            .other("script_exception", ["script": .string(source), "lang": "painless"]), reason, at: path,
            causedBy: .argument(detail, at: path))
    }
}
