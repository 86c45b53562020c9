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

    private typealias Scope = [String: GraphValue]

    private let archive: ScriptArchive
    private(set) var graph = ScriptGraph()
    private var sources: [String: ScriptSource] = [:]
    private var functions: [String: ScriptFunction] = [:]
    private var codeBudget = Limit.codeBytes
    private var steps = 0
    private var depth = 0

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

    private func undefined(_ name: String) -> WeightsError { archive.failure(.undefined(name: name)) }

    private func untraceable(_ operation: String) -> WeightsError {
        archive.failure(.unmapped(operation: operation, expected: "straight-line code"))
    }

    private mutating func enter() throws(WeightsError) {
        depth += 1
        steps += 1
        guard depth <= Limit.depth, steps <= Limit.steps else { throw archive.failure(.tooComplex) }
    }

    // MARK: - Functions

    /// - Parameter type: The class; nil for a function, whose name then has its path.
    private mutating func function(_ name: String, of type: String?) throws(WeightsError) -> ScriptFunction {
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

    private mutating func call(
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

    // MARK: - Expressions

    private mutating func apply(
        _ operation: String, _ arguments: [GraphValue], _ keywords: Scope = [:]
    ) throws(WeightsError) -> GraphValue {
        guard let result = graph.apply(operation, arguments, keywords) else { throw archive.failure(.tooComplex) }
        return result
    }

    private mutating func value(_ expression: ScriptExpression, _ scope: Scope) throws(WeightsError) -> GraphValue {
        try enter()
        defer { depth -= 1 }
        switch expression {
        case .none: return .none
        case .bool(let value): return .bool(value)
        case .integer(let value): return .integer(value)
        case .double(let value): return .double(value)
        case .string(let value): return .string(value)
        case .name(let name):
            guard let value = scope[name] else { throw undefined(name) }
            return value
        case .list(let items):
            return try apply(ScriptGraph.list, try values(items, scope))
        case .attribute(.name("CONSTANTS"), let name):
            return try constant(name)
        case .attribute(let base, let name):
            if let path = Self.path(expression), Self.isGlobal(path, scope) {
                throw untraceable(path.joined(separator: "."))
            }
            guard case .object(let object) = try value(base, scope) else { throw undefined(name) }
            return try attribute(name, of: object)
        case .call(let callee, let arguments, let keywords):
            return try call(callee, arguments, keywords, scope)
        case .subscripted: throw untraceable("[]")
        }
    }

    private mutating func values(
        _ expressions: [ScriptExpression], _ scope: Scope
    ) throws(WeightsError) -> [GraphValue] {
        var values: [GraphValue] = []
        for expression in expressions { values.append(try value(expression, scope)) }
        return values
    }

    private mutating func call(
        _ callee: ScriptExpression, _ arguments: [ScriptExpression],
        _ keywords: [(name: String, value: ScriptExpression)], _ scope: Scope
    ) throws(WeightsError) -> GraphValue {
        if case .name(let name) = callee { return try builtin(name, arguments, scope) }
        guard case .attribute(let base, let method) = callee else { throw untraceable("call") }
        let path = Self.path(callee), operation = path?.joined(separator: ".") ?? ""
        let isGlobal = path.map { Self.isGlobal($0, scope) } ?? false
        // Devices do not matter, and neither do the types of lists.
        if isGlobal, operation == "torch.device" { return .string("device") }
        var named: Scope = [:]
        for (name, expression) in keywords { named[name] = try value(expression, scope) }
        if isGlobal {
            let values = try values(arguments, scope)
            if operation.hasPrefix("__torch__.") { return try call(try function(operation, of: nil), values, named) }
            if let known = Self.folded(operation, values) { return known }
            return try apply(operation, values, named)
        }
        guard case .object(let object) = try value(base, scope) else { throw untraceable(method) }
        let function = try function(method, of: archive.object(object).type)
        return try call(function, [.object(object)] + (try values(arguments, scope)), named)
    }

    /// `a.b.c` as its names.
    private static func path(_ expression: ScriptExpression) -> [String]? {
        var expression = expression, names: [String] = []
        while case .attribute(let base, let name) = expression {
            names.append(name)
            expression = base
        }
        guard case .name(let root) = expression else { return nil }
        return [root] + names.reversed()
    }

    /// Whether names lead to a function, and not to a part of a value.
    private static func isGlobal(_ path: [String], _ scope: Scope) -> Bool {
        ["torch", "ops", "__torch__"].contains(path[0]) && scope[path[0]] == nil
    }

    private mutating func builtin(
        _ name: String, _ arguments: [ScriptExpression], _ scope: Scope
    ) throws(WeightsError) -> GraphValue {
        switch (name, arguments.count) {
        case ("annotate", 2), ("unchecked_cast", 2): return try value(arguments[1], scope)
        case ("uninitialized", _): return .none
        case ("int", 1), ("float", 1): return try value(arguments[0], scope)
        case ("getattr", 2):
            guard case .object(let object) = try value(arguments[0], scope), case .string(let name) = arguments[1] else {
                throw undefined(name)
            }
            return try attribute(name, of: object)
        default:
            return try apply(name, try values(arguments, scope))
        }
    }

    /// Conditions that do not depend on the input.
    private static func folded(_ operation: String, _ arguments: [GraphValue]) -> GraphValue? {
        switch (operation, arguments.first, arguments.dropFirst().first) {
        case ("torch.eq", .integer(let left), .integer(let right)): .bool(left == right)
        case ("torch.ne", .integer(let left), .integer(let right)): .bool(left != right)
        case ("torch.__is__", let value?, .some(.none)): .bool(value == .none)
        case ("torch.__isnot__", let value?, .some(.none)): .bool(value != .none)
        case ("torch.__not__", .bool(let value), nil): .bool(!value)
        default: nil
        }
    }

    // MARK: - Stored values

    private mutating func constant(_ name: String) throws(WeightsError) -> GraphValue {
        guard case .tuple(let constants, _) = archive.constants.root, let index = Int(name.dropFirst()),
            constants.indices.contains(index)
        else { throw undefined("CONSTANTS.\(name)") }
        return try stored(constants[index], .constants)
    }

    private mutating func attribute(_ name: String, of object: GraphValue.Object) throws(WeightsError) -> GraphValue {
        guard let value = archive.object(object).attributes[name] else { throw undefined(name) }
        return try stored(value, object.source)
    }

    private mutating func stored(
        _ value: PickleValue, _ source: GraphValue.Object.Source
    ) throws(WeightsError) -> GraphValue {
        try enter()
        defer { depth -= 1 }
        switch value {
        case .bool(let value): return .bool(value)
        case .integer(let value): return .integer(value)
        case .double(let value): return .double(value)
        case .string(let value): return .string(value)
        case .tensor(let tensor): return .tensor(tensor)
        case .object(let index): return .object(.init(source: source, index: index))
        case .tuple(let items, _):
            var values: [GraphValue] = []
            for item in items { values.append(try stored(item, source)) }
            return try apply(ScriptGraph.list, values)
        case .none, .container, .global, .storage, .mark: return .none
        }
    }
}
