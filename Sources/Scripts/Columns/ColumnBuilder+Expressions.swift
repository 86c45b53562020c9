internal import Foundation

/// Expressions: what of a script computes one number or condition a document.
extension ColumnBuilder {
    mutating func part(_ expression: Expression) -> Part? {
        nodes += 1
        guard nodes <= Self.maximumNodes else { return nil }
        switch expression {
        case .literal(.boolean(let value)): return .condition(.constant(value))
        case .literal, .global("params", _), .staticMember, .list: return constant(expression)
        case .global("_score", _): return .decimal(.score, mayBeInt: false)
        case .local(let slot):
            let part = locals[slot]
            // It is computed again wherever it stands.
            switch part {
            case .decimal(let node, _)?: nodes += node.count
            case .long(let node, _)?: nodes += node.count
            case .condition(let node)?: nodes += node.count
            case .constant?, nil: break
            }
            return part
        case .contextCall(let name, let site, let arguments, _): return call(name, site, arguments)
        case .member, .call: return field(expression) ?? constant(expression)
        case .element: return constant(expression)
        case .unary(.minus, let operand, _):
            switch part(operand) {
            case .constant?: return constant(expression)
            case .decimal(let node, let mayBeInt)?: return .decimal(.negated(node), mayBeInt: mayBeInt)
            case .long(let node, let mayBeInt)?:
                return .long(mayBeInt ? .narrow(.negated(node)) : .negated(node), mayBeInt: mayBeInt)
            case .condition?, nil: return nil
            }
        case .unary(.not, let operand, _):
            guard case .condition(let node)? = part(operand) else { return nil }
            return .condition(.not(node))
        case .both(let left, let right, _), .either(let left, let right, _):
            guard case .condition(let first)? = part(left), case .condition(let second)? = part(right) else { return nil }
            if case .both = expression { return .condition(.both(first, second)) }
            return .condition(.either(first, second))
        case .binary(let operation, let left, let right, _): return binary(operation, left, right, expression)
        case .cast(let type, let operand, _):
            guard type.arrayDepth == 0, let part = part(operand) else { return nil }
            switch (type.base, part) {
            case (_, .constant): return constant(expression)
            case (.double, _): return Self.node(part).map { .decimal($0, mayBeInt: false) }
            case (.long, .decimal(let node, _)): return .long(.cut(node), mayBeInt: false)
            case (.long, .long(let node, _)): return .long(node, mayBeInt: false)
            default: return nil
            }
        case .conditional(let condition, let first, let second, _):
            guard let condition = part(condition), let first = part(first), let second = part(second) else { return nil }
            return choice(condition, first, second)
        case .staticCall("Math", let name, let arguments, nil, _): return math(name, arguments, expression)
        default: return nil
        }
    }

    mutating func call(_ name: String, _ site: Int, _ arguments: [Expression]) -> Part? {
        if sites.indices.contains(site), let call = sites[site] { return .decimal(.vector(call), mayBeInt: false) }
        if name == "emit", arguments.count == 1 { return part(arguments[0]) }
        guard VectorScriptFunction(rawValue: name) == nil, let function = ScoreFunction(name), let operands = columns(arguments),
            function.value([Double](repeating: 0.5, count: operands.count)) != nil
        else { return nil }
        // The common form of a sigmoid: e^x is a good deal cheaper than the powers of it.
        if case .sigmoid = function, case .constant(1) = operands[0], case .constant(M_E) = operands[1] {
            let power = ColumnNode.math(.exp, operands[2])
            return .decimal(.binary(.divide, .constant(1), .binary(.add, power, .constant(1))), mayBeInt: false)
        }
        return .decimal(.function(operands) { function.value($0) ?? .nan }, mayBeInt: false)
    }

    private mutating func math(_ name: String, _ arguments: [Expression], _ whole: Expression) -> Part? {
        var parts: [Part] = []
        for argument in arguments {
            guard let part = part(argument) else { return nil }
            parts.append(part)
        }
        guard parts.contains(where: { if case .constant = $0 { false } else { true } }) else { return constant(whole) }
        if let whole = wholeMath(name, parts) { return whole }
        let operands = parts.compactMap(Self.node)
        guard operands.count == parts.count, !parts.contains(where: Self.isFloat) else { return nil }
        switch (name, operands.count) {
        case ("max", 2), ("min", 2):
            let isMaximum = name == "max"
            let mayBeInt = parts.allSatisfy(Self.mayBeInt)
            // Of an integer and a decimal it is a decimal, of two integers none.
            guard mayBeInt || !parts.allSatisfy(Self.mayBeWhole) else { return nil }
            return .decimal(.function(operands) { MathFunction.extreme($0[0], $0[1], isMaximum: isMaximum) }, mayBeInt: mayBeInt)
        case ("pow", 2): return .decimal(.function(operands) { pow($0[0], $0[1]) }, mayBeInt: false)
        case ("abs", 1):
            let mayBeInt = parts.allSatisfy(Self.mayBeInt), node = ColumnNode.function(operands) { abs($0[0]) }
            return .decimal(mayBeInt ? .narrow(node) : node, mayBeInt: mayBeInt)
        case ("round", 1):
            guard case .decimal(let node, false) = parts[0] else { return nil }
            return .long(.rounded(node), mayBeInt: false)
        case (_, 1): return MathFunction(rawValue: name).map { .decimal(.math($0, operands[0]), mayBeInt: false) }
        default: return nil
        }
    }

    /// What of whole numbers is a whole number.
    private func wholeMath(_ name: String, _ parts: [Part]) -> Part? {
        let longs = parts.compactMap(Self.long)
        guard longs.count == parts.count else { return nil }
        let mayBeInt = longs.allSatisfy(\.mayBeInt)
        switch (name, longs.count) {
        case ("max", 2), ("min", 2):
            return .long(.extreme(longs[0].node, longs[1].node, isMaximum: name == "max"), mayBeInt: mayBeInt)
        case ("abs", 1): return .long(mayBeInt ? .narrow(.absolute(longs[0].node)) : .absolute(longs[0].node), mayBeInt: mayBeInt)
        default: return nil
        }
    }

    private mutating func binary(
        _ operation: Expression.Binary, _ left: Expression, _ right: Expression, _ whole: Expression
    ) -> Part? {
        guard let first = part(left), let second = part(right) else { return nil }
        if case .constant = first, case .constant = second { return constant(whole) }
        let longs = Self.long(first).flatMap { first in Self.long(second).map { (first, $0) } }
        switch operation {
        case .add, .subtract, .multiply, .divide, .remainder:
            if let (a, b) = longs {
                let mayBeInt = a.mayBeInt && b.mayBeInt, node = LongNode.binary(operation, a.node, b.node)
                return .long(mayBeInt ? .narrow(node) : node, mayBeInt: mayBeInt)
            }
            guard let a = Self.node(first), let b = Self.node(second) else { return nil }
            // Of a whole number and a float, a float is made.
            if Self.isFloat(first) || Self.isFloat(second), !(Self.isDecimal(first) && Self.isDecimal(second)) { return nil }
            let node = ColumnNode.binary(operation, a, b)
            guard Self.mayBeWhole(first), Self.mayBeWhole(second) else { return .decimal(node, mayBeInt: false) }
            // Some documents may have two integers, which are divided as such.
            guard operation != .divide, operation != .remainder, Self.mayBeInt(first), Self.mayBeInt(second) else { return nil }
            return .decimal(.narrow(node), mayBeInt: true)
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .identical, .notIdentical:
            if let (a, b) = longs { return .condition(.longs(operation, a.node, b.node)) }
            guard let a = Self.node(first), let b = Self.node(second) else { return nil }
            return .condition(.decimals(operation, a, b))
        default: return nil
        }
    }

    func choice(_ condition: Part, _ first: Part, _ second: Part) -> Part? {
        guard case .condition(let condition) = condition else { return nil }
        if case .condition(let first) = first, case .condition(let second) = second {
            return .condition(.choice(condition, first, second))
        }
        if let a = Self.long(first), let b = Self.long(second) {
            return .long(.choice(condition, a.node, b.node), mayBeInt: a.mayBeInt || b.mayBeInt)
        }
        guard let a = Self.node(first), let b = Self.node(second), !Self.isFloat(first), !Self.isFloat(second) else { return nil }
        // A long column beside decimals would have to be told from them later on.
        for part in [first, second] { if case .long(_, mayBeInt: false) = part { return nil } }
        for part in [first, second] { if case .constant(.long) = part { return nil } }
        return .decimal(.choice(condition, a, b), mayBeInt: Self.mayBeInt(first) || Self.mayBeInt(second))
    }

    private mutating func columns(_ arguments: [Expression]) -> [ColumnNode]? {
        var nodes: [ColumnNode] = []
        for argument in arguments {
            guard let part = part(argument), let node = Self.node(part) else { return nil }
            nodes.append(node)
        }
        return nodes
    }

    /// What an expression of literals and parameters is, by running it.
    func constant(_ expression: Expression) -> Part? {
        guard expression.isConstant else { return nil }
        let environment = SearchEnvironment(compiled)
        let run = Interpreter(ScriptProgram(), environment)
        guard let value = try? run.evaluate(expression) else { return nil }
        if case .bool(let flag) = value { return .condition(.constant(flag)) }
        return value.numericType == nil ? nil : .constant(value)
    }
}

extension Expression {
    /// Whether it is made of literals and parameters alone.
    fileprivate var isConstant: Bool {
        switch self {
        case .literal, .global("params", _), .staticMember: true
        case .member(.global("params", _), "_source", _, _), .element(.global("params", _), .literal(.string("_source")), _): false
        case .unary, .binary, .member, .element, .cast: children.expressions.allSatisfy(\.isConstant)
        case .staticCall("Math", let name, _, nil, _): name != "random" && children.expressions.allSatisfy(\.isConstant)
        default: false
        }
    }
}
