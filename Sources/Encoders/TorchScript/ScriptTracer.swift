/// Finds out which operations the code of a TorchScript archive applies to its inputs. Nothing is computed: the calls of
/// modules' methods are followed, and everything else is written down as an operation of the graph.
struct ScriptTracer {
    /// Far above what real models need.
    private enum Limit {
        static let steps = 1 << 18
        /// Of calls and expressions within each other.
        static let depth = 96
        /// Of code, in all files together.
        static let codeBytes = 4 << 20
    }

    typealias Scope = [String: GraphValue]

    let archive: ScriptArchive
    var graph = ScriptGraph()
    private var sources: [String: ScriptSource] = [:]
    private var functions: [String: ScriptFunction] = [:]
    private var codeBudget = Limit.codeBytes
    private var steps = 0
    var depth = 0

    init(_ archive: ScriptArchive) { self.archive = archive }

    /// Traces the model's `forward`; returns its result.
    mutating func trace() throws(WeightsError) -> GraphValue {
        guard case .object(let index) = archive.modules.root else { throw undefined("forward") }
        let type = archive.modules.objects[index].type, forward = try function("forward", of: type)
        var inputs: [GraphValue] = []
        for (index, name) in forward.parameters.dropFirst().enumerated() {
            inputs.append(try apply(ScriptGraph.input, [.integer(index), .string(name)]))
        }
        return try call(forward, [.object(.init(source: .modules, index: index))] + inputs, [:])
    }

    // MARK: - Errors

    func undefined(_ name: String) -> WeightsError { archive.failure(.undefined(name: name)) }

    func untraceable(_ operation: String) -> WeightsError {
        archive.failure(.unmapped(operation: operation, expected: "straight-line code"))
    }

    mutating func enter() throws(WeightsError) {
        depth += 1
        steps += 1
        guard depth <= Limit.depth, steps <= Limit.steps else { throw archive.failure(.tooComplex) }
    }

    // MARK: - Functions

    /// - Parameter type: The class; nil for a function, whose name then has its path.
    mutating func function(_ name: String, of type: String?) throws(WeightsError) -> ScriptFunction {
        let full = type.map { "\($0).\(name)" } ?? name
        if let known = functions[full] { return known }
        let owner = type ?? name, parts = owner.split(separator: "."), path = parts.dropLast().joined(separator: ".")
        guard let last = parts.last else { throw undefined(full) }
        if sources[path] == nil { sources[path] = try archive.source(of: owner, budget: &codeBudget) }
        guard let source = sources[path] else { throw undefined(full) }
        let parsed: ScriptFunction?
        do throws(ScriptLexer.Malformed) {
            parsed = try source.function(type == nil ? String(last) : "\(last).\(name)")
        } catch {
            throw archive.failure(.malformedCode(entry: full, line: error.line))
        }
        guard let parsed else { throw undefined(full) }
        functions[full] = parsed
        return parsed
    }

    mutating func call(
        _ function: ScriptFunction, _ arguments: [GraphValue], _ keywords: Scope
    ) throws(WeightsError) -> GraphValue {
        guard arguments.count <= function.parameters.count else { throw untraceable("call") }
        var scope = keywords
        for (name, value) in zip(function.parameters, arguments) { scope[name] = value }
        return try run(function.body, &scope) ?? .none
    }

    /// - Returns: What the statements return, if they do.
    private mutating func run(_ body: [ScriptStatement], _ scope: inout Scope) throws(WeightsError) -> GraphValue? {
        try enter()
        defer { depth -= 1 }
        for statement in body {
            switch statement {
            case .assign(let names, let expression):
                try assign(try value(expression, scope), to: names, &scope)
            case .evaluate(let expression):
                _ = try value(expression, scope)
            case .give(let expression):
                return try value(expression, scope)
            case .branch(let condition, let then, let otherwise):
                guard case .bool(let holds) = try value(condition, scope) else { throw untraceable("if") }
                if let result = try run(holds ? then : otherwise, &scope) { return result }
            case .other(let name):
                throw untraceable(name)
            }
        }
        return nil
    }

    private mutating func assign(
        _ value: GraphValue, to names: [String], _ scope: inout Scope
    ) throws(WeightsError) {
        guard names.count != 1 else {
            scope[names[0]] = value
            return
        }
        let items = graph[value]?.operation == ScriptGraph.list ? graph[value]?.arguments : nil
        for (index, name) in names.enumerated() {
            if let items {
                guard items.count == names.count else { throw untraceable("assignment") }
                scope[name] = items[index]
            } else {
                scope[name] = try apply(ScriptGraph.item, [value, .integer(index)])
            }
        }
    }
}
