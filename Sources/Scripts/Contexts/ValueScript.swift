public import JSON

/// A script that gives a value of a document: of a `script` query, a script field, or a sort.
public final class ValueScript: Sendable {
    private let compiled: CompiledScript

    public var script: Script { compiled.script }

    /// - Throws: `ScriptError`.
    public init(_ script: Script) throws(ScriptError) {
        compiled = try CompiledScript(script, ScriptSurroundings(globals: ["params", "doc", "_score"]))
    }

    /// The value for a document, as JSON.
    ///
    /// - Parameter score: the query's, where there is one.
    /// - Throws: `ScriptError`.
    public func value(_ document: any DocumentValues, score: Float? = nil) throws(ScriptError) -> JSONValue {
        try run(document, score) { (value, run) throws(ScriptFault) in try value.json(run.budget) }
    }

    /// Whether a document passes.
    ///
    /// - Throws: `ScriptError`, also for a value that is no boolean.
    public func matches(_ document: any DocumentValues) throws(ScriptError) -> Bool {
        try run(document, nil) { (value, _) throws(ScriptFault) in
            guard case .bool(let matches) = value else { throw .cannotCast(from: value.typeName, to: "boolean") }
            return matches
        }
    }

    /// The value as Java writes it, for a script that is only tried.
    ///
    /// - Throws: `ScriptError`.
    public func text(_ document: any DocumentValues = NoDocumentValues()) throws(ScriptError) -> String {
        try run(document, nil) { (value, run) throws(ScriptFault) in try value.text(run.budget) }
    }

    private func run<Result>(
        _ document: any DocumentValues, _ score: Float?,
        _ use: (ScriptValue, Interpreter) throws(ScriptFault) -> Result
    ) throws(ScriptError) -> Result {
        let environment = SearchEnvironment(
            parameters: compiled.frozenParameters(), document: document, score: score.map { Double($0) }) { _ in nil }
        let run = Interpreter(compiled.program, environment)
        do throws(ScriptFault) {
            return try run.run { (value) throws(ScriptFault) in try use(value, run) }
        } catch {
            throw compiled.error(error, run)
        }
    }
}
