internal import JSON

/// `composite`: several runtime fields, `NAME.PART` each, whose values one script emits together.
struct CompositeRuntimeField {
    /// By their full names.
    private(set) var parts: [String: RuntimeField] = [:]
    /// As `GET _mapping` shows it.
    let definition: JSONValue

    /// - Throws: `MappingError`.
    init(decoding element: JSONElement, name: String) throws(MappingError) {
        guard let members = element.object else { throw .runtimeField(name, .notAnObject) }
        var script: RuntimeField.Script?
        var fields: JSONElement?
        var ignoresErrors = false
        for (key, value) in members where key != "type" {
            switch key {
            case "script": script = try RuntimeField.script(value, name)
            case "fields": fields = value
            case "on_script_error":
                guard let text = value.string, text == "fail" || text == "continue" else {
                    throw .unknownParameterValue(
                        name: key, field: name, value: value.string ?? value.kind.rawValue, accepted: ["fail", "continue"])
                }
                ignoresErrors = text == "continue"
            case "meta": break
            default: throw .runtimeField(name, .unknownParameter(key, type: "composite"))
            }
        }
        guard let script else { throw .runtimeField(name, .incompleteComposite(lacks: "script")) }
        guard let members = fields?.object, members.contains(where: { _ in true }) else {
            throw .runtimeField(name, .incompleteComposite(lacks: "fields"))
        }
        for (part, value) in members {
            parts[name + "." + part] = try RuntimeField(
                part: value, name: part, of: name, script: script, ignoresErrors: ignoresErrors)
        }
        definition = JSONValue(element)
    }
}
