/// A script that was read for a context, to be run any number of times, by any thread.
final class CompiledScript: Sendable {
    let script: Script
    let program: ScriptProgram

    /// - Throws: `ScriptError`, with the place in the text.
    init(_ script: Script, _ surroundings: ScriptSurroundings) throws(ScriptError) {
        self.script = script
        do {
            program = try Parser.parse(script.source, surroundings)
        } catch {
            throw ScriptError(.compiling, error.fault, script, at: error.offset)
        }
    }

    /// - Throws: `ScriptError`, with the place in the text.
    convenience init(_ script: Script, _ context: SearchContext) throws(ScriptError) {
        try self.init(script, context.surroundings(script.language, script.parameters))
    }

    private init(_ script: Script, _ program: ScriptProgram) {
        self.script = script
        self.program = program
    }

    func with(_ parameters: ScriptParameters) -> CompiledScript {
        CompiledScript(Script(script.source, language: script.language, parameters: parameters), program)
    }

    /// `params`, the same for all runs that change nothing.
    func frozenParameters() -> ScriptMap {
        let members = script.parameters.members.map { (ScriptMap.Key.string($0.name), $0.value.scriptValue(isFrozen: true)) }
        return ScriptMap(isFrozen: true, members)
    }

    /// What went wrong, with the place where the run stood.
    func error(_ fault: ScriptFault, _ run: Interpreter) -> ScriptError {
        ScriptError(.running, fault, script, at: run.offset, statement: run.statement)
    }
}

extension ScriptParameters.Value {
    func scriptValue(isFrozen: Bool) -> ScriptValue {
        switch self {
        case .json(let json): ScriptValue(json, isFrozen: isFrozen)
        case .doubles(let values): .list(ScriptList(values.map { .double($0) }, isFrozen: isFrozen))
        }
    }
}
