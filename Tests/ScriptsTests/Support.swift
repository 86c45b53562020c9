import JSON

@testable import Scripts

/// What a script gives, as Java writes it.
func run(_ source: String, _ parameters: JSONMembers = [:], fields: [String: FieldValues] = [:]) throws -> String {
    try ValueScript(Script(source, parameters: ScriptParameters(parameters))).text(Document(fields: fields))
}

/// Why a script fails.
func fault(_ source: String, _ parameters: JSONMembers = [:], fields: [String: FieldValues] = [:]) -> ScriptFault? {
    do {
        _ = try run(source, parameters, fields: fields)
        return nil
    } catch {
        return (error as? ScriptError)?.fault
    }
}

struct Document: DocumentValues {
    var fields: [String: FieldValues] = [:]

    func values(of field: String) throws(ScriptFault) -> FieldValues? { fields[field] }
}
