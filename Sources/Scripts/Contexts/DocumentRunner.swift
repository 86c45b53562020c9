/// Runs a script for one document after another. Not to be shared.
final class DocumentRunner {
    let environment: SearchEnvironment
    private let compiled: CompiledScript
    private let interpreter: Interpreter

    /// - Parameter keepsValues: what the script makes is alive as long as this is, and counts together.
    init(_ compiled: CompiledScript, parameters: ScriptMap? = nil, keepsValues: Bool = false) {
        self.compiled = compiled
        environment = SearchEnvironment(compiled, parameters: parameters)
        interpreter = Interpreter(compiled.program, environment, keepsValues: keepsValues)
    }

    /// Runs the script for a document, and hands its value on while it is alive.
    ///
    /// - Throws: `ScriptError`.
    func run<Result>(
        _ document: any DocumentValues, score: Double? = nil,
        _ use: (ScriptValue, Interpreter) throws(ScriptFault) -> Result
    ) throws(ScriptError) -> Result {
        environment.move(to: document, score: score)
        do throws(ScriptFault) {
            return try interpreter.run { (value) throws(ScriptFault) in try use(value, interpreter) }
        } catch {
            throw compiled.error(error, interpreter)
        }
    }
}
