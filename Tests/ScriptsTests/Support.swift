import JSON

@testable import Scripts

/// What a script gives, as Java writes it.
func run(_ source: String, _ parameters: JSONMembers = [:], fields: [String: FieldValues] = [:]) throws -> String {
    try ValueScript(Script(source, parameters: ScriptParameters(parameters))).makeRunner().text(Document(fields: fields))
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

    var json: JSONValue?
    var number = 0

    func values(of field: String) throws(ScriptFault) -> FieldValues? { fields[field] }
    func source() throws(ScriptFault) -> JSONValue? { json }
}

/// Why a script fails that may take few steps only.
func limit(_ source: String) throws -> ScriptFault? {
    let compiled = try CompiledScript(Script(source), ScriptSurroundings(globals: ["params"]))
    let environment = SearchEnvironment(compiled)
    let run = Interpreter(compiled.program, environment, steps: 300_000)
    do throws(ScriptFault) {
        _ = try run.run { (value) throws(ScriptFault) in try value.json(run.budget) }
        return nil
    } catch {
        return error
    }
}
