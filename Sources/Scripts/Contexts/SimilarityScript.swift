/// The script of a `scripted` similarity, or of its weight: numbers of `query`, `field`, `term` and, for scores, `doc` and `weight`.
public final class SimilarityScript: Sendable {
    private let compiled: CompiledScript

    public var script: Script { compiled.script }

    /// - Parameter isWeight: whether it is computed once a term, and knows no document.
    /// - Throws: `ScriptError`.
    public init(_ script: Script, isWeight: Bool = false) throws(ScriptError) {
        let globals: Set = isWeight ? ["params", "query", "field", "term"] : ["params", "query", "field", "term", "doc", "weight"]
        compiled = try CompiledScript(script, ScriptSurroundings(globals: globals))
    }

    /// - Parameters:
    ///   - counts: whole numbers by their names, those of an object under the object's.
    ///   - numbers: decimals, in the same way.
    /// - Throws: `ScriptError`, also for a value that is no number.
    public func value(
        counts: [String: [String: Int]], numbers: [String: [String: Double]], weight: Double
    ) throws(ScriptError) -> Double {
        var globals: [String: ScriptValue] = ["weight": .double(weight), "params": .map(compiled.frozenParameters())]
        for name in Set(counts.keys).union(numbers.keys) {
            let map = ScriptMap()
            for (member, value) in counts[name] ?? [:] { map[member] = .long(Int64(value)) }
            for (member, value) in numbers[name] ?? [:] { map[member] = .double(value) }
            globals[name] = .map(map)
        }
        let run = Interpreter(compiled.program, GlobalsEnvironment(globals))
        do throws(ScriptFault) {
            return try run.run { (value) throws(ScriptFault) in
                guard value.numericType != nil else { throw .cannotCast(from: value.typeName, to: "double") }
                return value.double
            }
        } catch {
            throw compiled.error(error, run)
        }
    }
}

private final class GlobalsEnvironment: ScriptEnvironment {
    private let globals: [String: ScriptValue]

    init(_ globals: [String: ScriptValue]) { self.globals = globals }

    func global(_ name: String) throws(ScriptFault) -> ScriptValue {
        guard let value = globals[name] else { throw .unknownSymbol(name) }
        return value
    }
}
