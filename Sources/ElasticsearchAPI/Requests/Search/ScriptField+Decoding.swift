internal import JSON
internal import Query
internal import Scripts

extension ScriptField {
    /// Elasticsearch's `index.max_script_fields`.
    static let maximumCount = 32

    private enum Key: String, BodyKey {
        case script
        case ignoreFailure = "ignore_failure"
    }

    /// A `script_fields` member: definitions by name.
    static func list(_ field: Field) throws(ParseError) -> [ScriptField] {
        var fields: [ScriptField] = []
        for definition in try field.value.members(of: .search) {
            var script: ScriptReference?
            var ignoresFailure = false
            for (key, field) in try definition.value.fields(Key.self, of: .search) {
                switch key {
                case .script: script = try ScriptReference(field)
                case .ignoreFailure: ignoresFailure = try field.bool()
                }
            }
            guard let script else {
                throw ParseError(.parsing, "script field [\(definition.name)] lacks a [script]", at: definition.path)
            }
            fields.append(ScriptField(name: definition.name, script: script, ignoresFailure: ignoresFailure))
        }
        guard fields.count <= maximumCount else {
            throw .argument(
                "Trying to retrieve too many script_fields. Must be less than or equal to: [\(maximumCount)] but was [\(fields.count)]. "
                    + "This limit can be set by changing the [index.max_script_fields] index level setting.",
                at: field.path)
        }
        return fields
    }
}
