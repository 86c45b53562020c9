internal import JSON

/// A script over numbers of a bucket, which it finds in `params` beside its own: of `bucket_script` and `bucket_selector`.
public final class BucketScript: Sendable, Equatable {
    private let compiled: CompiledScript

    public var script: Script { compiled.script }

    /// - Throws: `ScriptError`.
    public init(_ script: Script) throws(ScriptError) {
        compiled = try CompiledScript(script, ScriptSurroundings(globals: ["params"]))
    }

    public static func == (left: BucketScript, right: BucketScript) -> Bool { left.script == right.script }

    /// The number that a bucket's numbers give; nil for null.
    ///
    /// - Throws: `ScriptError`, also for a value that is no number.
    public func value(_ numbers: [(name: String, value: Double)]) throws(ScriptError) -> Double? {
        try run(numbers) { (value, _) throws(ScriptFault) in
            if value.isNull { return nil }
            guard let number = value.doubleValue else { throw .cannotCast(from: value.typeName, to: "Number") }
            return number
        }
    }

    /// Whether a bucket stays.
    ///
    /// - Throws: `ScriptError`, also for a value that is no boolean.
    public func holds(_ numbers: [(name: String, value: Double)]) throws(ScriptError) -> Bool {
        try run(numbers) { (value, _) throws(ScriptFault) in
            if case .bool(let holds) = value { return holds }
            // Lucene's expressions have no booleans.
            guard let number = value.doubleValue else { throw .cannotCast(from: value.typeName, to: "boolean") }
            return number != 0
        }
    }

    private func run<Result>(
        _ numbers: [(name: String, value: Double)], _ use: (ScriptValue, Interpreter) throws(ScriptFault) -> Result
    ) throws(ScriptError) -> Result {
        var members = compiled.script.parameters.json.object ?? [:]
        for (name, value) in numbers { members[name] = .double(value) }
        let script = compiled.with(ScriptParameters(members))
        let environment = SearchEnvironment(
            parameters: script.frozenParameters(), document: NoDocumentValues(), score: nil) { _ in nil }
        let run = Interpreter(script.program, environment)
        do throws(ScriptFault) {
            return try run.run { (value) throws(ScriptFault) in try use(value, run) }
        } catch {
            throw compiled.error(error, run)
        }
    }
}

extension ScriptValue {
    /// Nil for what is no number.
    fileprivate var doubleValue: Double? {
        switch self {
        case .int, .long, .float, .double: double
        case .null, .bool, .char, .string, .list, .map, .object: nil
        }
    }
}
