internal import JSON

/// A script that computes from its parameters alone: of `bucket_script`, `bucket_selector` and `moving_fn`.
///
/// What changes from bucket to bucket is given to each run, beside the script's own parameters and in place of those of the
/// same name. A Lucene expression names them without `params`.
public final class ParameterScript: Sendable, Equatable {
    private let compiled: CompiledScript

    public static func == (left: ParameterScript, right: ParameterScript) -> Bool { left.script == right.script }

    public var script: Script { compiled.script }

    /// - Parameters:
    ///   - names: what runs give.
    ///   - lists: lists that runs give under names of their own: `values` of `moving_fn`.
    /// - Throws: `ScriptError`.
    public init(_ script: Script, names: [String] = [], lists: [String] = []) throws(ScriptError) {
        var globals = Set(lists + ["params"])
        var functions: [String: ClosedRange<Int>] = [:]
        if script.language == .expression {
            globals.formUnion(names)
            globals.formUnion(script.parameters.members.map(\.name))
            functions = ScoreFunction.expression
        }
        compiled = try CompiledScript(script, ScriptSurroundings(globals: globals, functions: functions))
    }

    /// Runs the script; nil where it gives null. A boolean is 1 or 0.
    ///
    /// - Throws: `ScriptError`, also for a value that is neither.
    public func number(_ values: [String: Double], lists: [String: [Double]] = [:]) throws(ScriptError) -> Double? {
        try run(values, lists) { (value) throws(ScriptFault) in
            switch value {
            case .null: return nil
            case .bool(let flag): return flag ? 1 : 0
            default:
                guard value.numericType != nil else { throw .cannotCast(from: value.typeName, to: "java.lang.Number") }
                return value.double
            }
        }
    }

    /// Whether a bucket passes; a number passes if it is 1, as that of a Lucene expression does.
    ///
    /// - Throws: `ScriptError`, also for a value that is neither.
    public func holds(_ values: [String: Double]) throws(ScriptError) -> Bool {
        try run(values, [:]) { (value) throws(ScriptFault) in
            if case .bool(let holds) = value { return holds }
            guard value.numericType != nil else {
                if value.isNull { throw .nullReference(nil) }
                throw .cannotCast(from: value.typeName, to: "boolean")
            }
            return value.double == 1
        }
    }

    private func run<Result>(
        _ values: [String: Double], _ lists: [String: [Double]], _ use: (ScriptValue) throws(ScriptFault) -> Result
    ) throws(ScriptError) -> Result {
        let environment = ParameterEnvironment(compiled.script.parameters, values, lists)
        let run = Interpreter(compiled.program, environment)
        do throws(ScriptFault) {
            return try run.run(use)
        } catch {
            throw compiled.error(error, run)
        }
    }
}

private final class ParameterEnvironment: ScriptEnvironment {
    private let parameters: ScriptMap
    private let lists: [String: ScriptValue]

    init(_ parameters: ScriptParameters, _ values: [String: Double], _ lists: [String: [Double]]) {
        var members = parameters.members.map { (ScriptMap.Key.string($0.name), $0.value.scriptValue(isFrozen: true)) }
        for (name, value) in values { members.append((.string(name), .double(value))) }
        self.parameters = ScriptMap(isFrozen: true, members)
        self.lists = lists.mapValues { .list(ScriptList($0.map { .double($0) }, kind: .array, isFrozen: true)) }
    }

    func global(_ name: String) throws(ScriptFault) -> ScriptValue {
        if name == "params" { return .map(parameters) }
        guard let value = lists[name] ?? parameters[name] else { throw .unknownSymbol(name) }
        return value
    }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue {
        guard let function = ScoreFunction(name) else { throw .unknownCall(name: name, arguments: arguments.count) }
        return .double(try function.value(arguments))
    }
}
