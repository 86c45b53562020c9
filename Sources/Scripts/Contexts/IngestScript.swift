public import JSON

/// A script of an ingest pipeline: a processor's, or the condition of one. `ctx` is the document with its metadata.
public final class IngestScript: Sendable {
    private let compiled: CompiledScript

    public var script: Script { compiled.script }

    /// - Throws: `ScriptError`.
    public init(_ script: Script) throws(ScriptError) {
        compiled = try CompiledScript(script, ContextEnvironment.surroundings)
    }

    /// The document as the script leaves it.
    ///
    /// - Parameter document: an object: the source's members, `_index`, `_id`, …, and `_ingest`.
    /// - Throws: `ScriptError`.
    public func run(_ document: JSONValue) throws(ScriptError) -> JSONValue {
        try run(document) { (context, _, run) throws(ScriptFault) in try ScriptValue.map(context).json(run.budget) }
    }

    /// What a condition says of a document.
    ///
    /// - Throws: `ScriptError`.
    public func holds(_ document: JSONValue) throws(ScriptError) -> Bool {
        try run(document) { (_, value, _) throws(ScriptFault) in
            guard case .bool(let holds) = value else {
                if value.isNull { return false }
                throw .cannotCast(from: value.typeName, to: "boolean")
            }
            return holds
        }
    }

    private func run<Result>(
        _ document: JSONValue, _ use: (ScriptMap, ScriptValue, Interpreter) throws(ScriptFault) -> Result
    ) throws(ScriptError) -> Result {
        let context = ScriptMap()
        for member in document.object ?? [:] { context[member.key] = ScriptValue(member.value) }
        let run = Interpreter(compiled.program, ContextEnvironment(compiled.script.parameters, context, .ingest))
        do throws(ScriptFault) {
            return try run.run { (value) throws(ScriptFault) in try use(context, value, run) }
        } catch {
            throw compiled.error(error, run)
        }
    }
}
