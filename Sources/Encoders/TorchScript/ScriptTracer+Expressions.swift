/// Expressions: calls are followed, what is known is computed, the rest becomes the graph.
extension ScriptTracer {
    mutating func apply(
        _ operation: String, _ arguments: [GraphValue], _ keywords: Scope = [:]
    ) throws(WeightsError) -> GraphValue {
        guard let result = graph.apply(operation, arguments, keywords) else { throw archive.failure(.tooComplex) }
        return result
    }

    mutating func value(_ expression: ScriptExpression, _ scope: Scope) throws(WeightsError) -> GraphValue {
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

    mutating func values(
        _ expressions: [ScriptExpression], _ scope: Scope
    ) throws(WeightsError) -> [GraphValue] {
        var values: [GraphValue] = []
        for expression in expressions { values.append(try value(expression, scope)) }
        return values
    }

    mutating func call(
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
    static func path(_ expression: ScriptExpression) -> [String]? {
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
}
