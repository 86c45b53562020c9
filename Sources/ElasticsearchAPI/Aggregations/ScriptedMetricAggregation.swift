internal import JSON
internal import Query
internal import Scripts

extension ScriptedMetricAggregation {
    private enum Key: String, BodyKey {
        case initial = "init_script"
        case map = "map_script"
        case combine = "combine_script"
        case reduce = "reduce_script"
        case params
    }

    init(_ body: Field) throws(ParseError) {
        var scripts: [Key: ScriptReference] = [:]
        var parameters = ScriptParameters()
        for (key, field) in try body.value.fields(Key.self, of: .object("scripted_metric")) {
            switch key {
            case .initial, .map, .combine, .reduce: scripts[key] = try ScriptReference(field)
            case .params:
                guard let object = field.element.object else { throw field.unexpected }
                parameters = ScriptParameters(object)
            }
        }
        func script(_ key: Key, _ name: String) throws(ParseError) -> ScriptReference {
            guard let script = scripts[key] else { throw .argument("[\(name)] must not be null: [\(body.name)]", at: body.path) }
            return script
        }
        self.init(
            initial: scripts[.initial], map: try script(.map, "mapScript"), combine: try script(.combine, "combineScript"),
            reduce: try script(.reduce, "reduceScript"), parameters: parameters)
    }
}
