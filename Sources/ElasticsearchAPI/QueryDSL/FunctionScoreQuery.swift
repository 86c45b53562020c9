internal import JSON
internal import Mapping
internal import Query
internal import Scripts

extension QueryDecoder {
    private static let maximumFunctions = 1024

    private enum Key: String, BodyKey {
        case query
        case functions
        case scoreMode = "score_mode"
        case boostMode = "boost_mode"
        case maximumBoost = "max_boost"
        case minimumScore = "min_score"
        case weight
        case randomScore = "random_score"
        case fieldValueFactor = "field_value_factor"
        case scriptScore = "script_score"
        case gauss, exp, linear
        case boost
        case name = "_name"
    }

    private enum FunctionKey: String, BodyKey {
        case filter
        case weight
        case randomScore = "random_score"
        case fieldValueFactor = "field_value_factor"
        case scriptScore = "script_score"
        case gauss, exp, linear
    }

    func functionScore(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var score = FunctionScoreQuery(query: .matchAll, functions: [])
        var single: FunctionScoreQuery.FunctionKind?
        var weight: Float?
        for (key, field) in try body.fields(Key.self, of: .query("function_score")) {
            switch key {
            case .query: score.query = try query(field.value)
            case .functions: score.functions = try functions(field)
            case .scoreMode: score.scoreMode = try mode(field)
            case .boostMode: score.boostMode = try mode(field)
            case .maximumBoost: score.maximumBoost = try field.float()
            case .minimumScore: score.minimumScore = try field.float()
            case .weight: weight = try field.float()
            case .randomScore: single = try random(field)
            case .fieldValueFactor: single = try fieldValue(field)
            case .gauss: single = try decay(.gauss, field)
            case .exp: single = try decay(.exp, field)
            case .linear: single = try decay(.linear, field)
            case .scriptScore: single = try scripted(field)
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        if single != nil || weight != nil {
            guard score.functions.isEmpty else {
                throw ParseError(
                    .parsing,
                    "failed to parse [function_score] query. already found function array, use either functions array or a single function.",
                    at: body.path)
            }
            score.functions = [.init(kind: single ?? .weight, weight: weight)]
        }
        return options.query(.functionScore(score))
    }

    private func functions(_ list: Field) throws(ParseError) -> [FunctionScoreQuery.Function] {
        guard let elements = list.value.elements else { throw list.unexpected }
        guard elements.count <= Self.maximumFunctions else { throw .argument("too many functions: \(elements.count)", at: list.path) }
        var functions: [FunctionScoreQuery.Function] = []
        for element in elements {
            var filter: Query?
            var kind: FunctionScoreQuery.FunctionKind?
            var weight: Float?
            for (key, field) in try element.fields(FunctionKey.self, of: .query("function_score")) {
                switch key {
                case .filter: filter = try query(field.value)
                case .weight: weight = try field.float()
                case .randomScore: kind = try random(field)
                case .fieldValueFactor: kind = try fieldValue(field)
                case .gauss: kind = try decay(.gauss, field)
                case .exp: kind = try decay(.exp, field)
                case .linear: kind = try decay(.linear, field)
                case .scriptScore: kind = try scripted(field)
                }
            }
            guard kind != nil || weight != nil else {
                throw ParseError(
                    .parsing, "failed to parse [function_score] query. an entry in functions list is missing a function.",
                    at: element.path)
            }
            functions.append(.init(filter: filter, kind: kind ?? .weight, weight: weight))
        }
        return functions
    }

    private func scripted(_ function: Field) throws(ParseError) -> FunctionScoreQuery.FunctionKind {
        var script: ScriptReference?
        for field in try function.value.members(of: .query("script_score")) {
            guard field.name == "script" else {
                throw ParseError(.parsing, "script_score query does not support [\(field.name)]", at: field.path)
            }
            script = try ScriptReference(field)
        }
        guard let script else {
            throw ParseError(.parsing, "script_score requires 'script' field", at: function.path)
        }
        return .script(script)
    }

    func mode<Mode: RawRepresentable<String>>(_ field: Field) throws(ParseError) -> Mode {
        guard let mode = Mode(rawValue: try field.string().lowercased()) else {
            throw .argument("illegal \(field.name) [\(try field.string())]", at: field.path)
        }
        return mode
    }
}
