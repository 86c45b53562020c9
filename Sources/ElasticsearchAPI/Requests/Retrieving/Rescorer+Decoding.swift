internal import JSON
internal import Query
internal import Scripts

extension [Rescorer] {
    /// A `rescore` member: one, or a list.
    init(_ field: Field, _ queries: QueryDecoder) throws(ParseError) {
        guard field.element.kind == .object || field.element.kind == .array else { throw field.unexpected }
        self = []
        for node in field.oneOrMany() { append(try Rescorer(node, queries)) }
    }
}

extension Rescorer {
    private enum QueryKey: String, BodyKey {
        case rescoreQuery = "rescore_query"
        case queryWeight = "query_weight"
        case rescoreWeight = "rescore_query_weight"
        case scoreMode = "score_mode"
    }

    private enum ScriptKey: String, BodyKey {
        case script
    }

    fileprivate init(_ node: Node, _ queries: QueryDecoder) throws(ParseError) {
        var kind: Kind?
        var window = Self.defaultWindow
        for field in try node.members(of: .object("rescore")) {
            switch (field.name, field.element.kind) {
            case ("window_size", _): window = try field.int()
            case ("query", .object): kind = .query(try Self.query(field.value, queries))
            case ("script", .object): kind = .script(try Self.script(field.value))
            case (let name, .object):
                throw ParseError(.content, "unknown field [\(name)]", at: field.path, isAtKey: true)
            case (let name, .array):
                throw ParseError(.parsing, "unexpected token [START_ARRAY] after [\(name)]", at: field.path)
            case (let name, _): throw ParseError(.parsing, "rescore doesn't support [\(name)]", at: field.path)
            }
        }
        guard let kind else { throw ParseError(.parsing, "missing rescore type", at: node.path) }
        guard window >= 0 else { throw .argument("[window_size] must not be negative but was [\(window)]", at: node.path) }
        self.init(kind, window: window)
    }

    private static func query(_ node: Node, _ queries: QueryDecoder) throws(ParseError) -> QueryRescore {
        var rescore = QueryRescore(.matchAll)
        var query: Query?
        for (key, field) in try node.fields(QueryKey.self, of: .object("query")) {
            switch key {
            case .rescoreQuery:
                query = try field.wrapping { () throws(ParseError) in try queries.query(field.value) }
            case .queryWeight: rescore.queryWeight = try field.float()
            case .rescoreWeight: rescore.rescoreWeight = try field.float()
            case .scoreMode:
                let name = try field.string()
                guard let mode = Mode(rawValue: name.lowercased()) else {
                    throw ParseError(
                        .content, "[query] failed to parse field [score_mode]", at: field.path,
                        causedBy: .argument("illegal score_mode [\(name)]", at: field.path))
                }
                rescore.mode = mode
            }
        }
        guard let query else { throw .argument("Required [rescore_query]", at: node.path) }
        rescore.query = query
        return rescore
    }

    private static func script(_ node: Node) throws(ParseError) -> ScriptReference {
        var script: ScriptReference?
        for (key, field) in try node.fields(ScriptKey.self, of: .object("script")) {
            switch key {
            case .script: script = try ScriptReference(field)
            }
        }
        guard let script else { throw .argument("Required [script]", at: node.path) }
        return script
    }
}
