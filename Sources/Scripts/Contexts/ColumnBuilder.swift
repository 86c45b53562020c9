internal import Foundation

/// Reads a script as arithmetic of columns.
struct ColumnBuilder {
    /// A part of the script: the same for all documents, or a decimal for each.
    private enum Part {
        case constant(ScriptValue)
        case column(ColumnProgram.Node)
        /// 1 or 0 for each document.
        case condition(ColumnProgram.Node)
    }

    /// Locals are put in where they stand: a script that uses one over and over would become too long.
    private static let maximumNodes = 200

    let compiled: CompiledScript
    let sites: [Int?]
    private var locals: [Int: Part] = [:]
    private var nodes = 0

    init(compiled: CompiledScript, sites: [Int?]) {
        self.compiled = compiled
        self.sites = sites
    }

    /// - Returns: nil if some part is neither, or if nothing depends on the document.
    mutating func build() -> ColumnProgram.Node? {
        let body = compiled.program.body
        guard compiled.program.functions.isEmpty else { return nil }
        for (number, statement) in body.enumerated() {
            let isLast = number == body.count - 1
            switch statement.kind {
            case .declare(let variables):
                for variable in variables {
                    guard let value = variable.value, variable.type.arrayDepth == 0, let part = part(value) else { return nil }
                    switch (variable.type.base, part) {
                    case (.double, .constant(let value)):
                        guard value.numericType != nil else { return nil }
                        locals[variable.slot] = .constant(.double(value.double))
                    case (.anything, _), (.double, .column), (.boolean, .condition): locals[variable.slot] = part
                    default: return nil
                    }
                }
            case .give(let value?), .expression(let value):
                guard isLast, case .column(let node)? = part(value), nodes <= Self.maximumNodes else { return nil }
                return node
            default: return nil
            }
        }
        return nil
    }

    private mutating func part(_ expression: Expression) -> Part? {
        nodes += 1
        guard nodes <= Self.maximumNodes else { return nil }
        switch expression {
        case .literal, .global("params", _), .staticMember: return constant(expression)
        case .global("_score", _): return .column(.score)
        case .local(let slot):
            let part = locals[slot]
            // It is computed again wherever it stands.
            if case .column(let node)? = part { nodes += node.count }
            return part
        case .contextCall(let name, let site, let arguments, _):
            if sites.indices.contains(site), let call = sites[site] { return .column(.column(call)) }
            guard VectorScriptFunction(rawValue: name) == nil, let function = ScoreFunction(name),
                let operands = columns(arguments)
            else { return nil }
            guard function.value([Double](repeating: 0.5, count: operands.count)) != nil else { return nil }
            // The common form of a sigmoid: e^x is a good deal cheaper than the powers of it.
            if case .sigmoid = function, case .constant(1) = operands[0], case .constant(M_E) = operands[1] {
                let power = ColumnProgram.Node.math(.exp, operands[2])
                return .column(.binary(.divide, .constant(1), .binary(.add, power, .constant(1))))
            }
            return .column(.function(operands) { function.value($0) ?? .nan })
        case .member, .element, .list: return constant(expression)
        case .unary(.minus, let operand, _):
            switch part(operand) {
            case .constant?: return constant(expression)
            case .column(let node)?: return .column(.negated(node))
            case .condition?, nil: return nil
            }
        case .unary(.not, let operand, _):
            guard case .condition(let node)? = part(operand) else { return nil }
            return .condition(.binary(.equal, node, .constant(0)))
        case .binary(let operation, let left, let right, _): return binary(operation, left, right, expression)
        case .cast(let type, let operand, _):
            guard type.base == .double, type.arrayDepth == 0, case .column(let node)? = part(operand) else { return constant(expression) }
            return .column(node)
        case .conditional(let condition, let first, let second, _):
            // Of two integers it would be one, and divide as such.
            guard case .condition(let condition)? = part(condition), let first = part(first), let second = part(second),
                let a = node(first), let b = node(second), isDecimal(first) || isDecimal(second)
            else { return nil }
            return .column(.choice(condition, a, b))
        case .staticCall("Math", let name, let arguments, nil, _):
            guard let operands = columns(arguments), operands.contains(where: { !$0.isConstant }) else { return constant(expression) }
            switch (name, operands.count) {
            case ("max", 2), ("min", 2):
                let isMaximum = name == "max"
                return .column(.function(operands) { MathFunction.extreme($0[0], $0[1], isMaximum: isMaximum) })
            case ("pow", 2): return .column(.function(operands) { pow($0[0], $0[1]) })
            case ("abs", 1): return .column(.function(operands) { abs($0[0]) })
            case (_, 1): return MathFunction(rawValue: name).map { .column(.math($0, operands[0])) }
            default: return nil
            }
        default: return nil
        }
    }

    private mutating func binary(
        _ operation: Expression.Binary, _ left: Expression, _ right: Expression, _ whole: Expression
    ) -> Part? {
        guard let first = part(left), let second = part(right) else { return nil }
        if case .constant = first, case .constant = second { return constant(whole) }
        guard let a = node(first), let b = node(second) else { return nil }
        switch operation {
        case .add, .subtract, .multiply, .divide, .remainder: return .column(.binary(operation, a, b))
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .identical, .notIdentical:
            return .condition(.binary(operation, a, b))
        default: return nil
        }
    }

    private func node(_ part: Part) -> ColumnProgram.Node? {
        switch part {
        case .constant(let value): value.numericType != nil ? .constant(value.double) : nil
        case .column(let node): node
        case .condition: nil
        }
    }

    private func isDecimal(_ part: Part) -> Bool {
        switch part {
        case .constant(let value): value.numericType == .double
        case .column: true
        case .condition: false
        }
    }

    private mutating func columns(_ arguments: [Expression]) -> [ColumnProgram.Node]? {
        var nodes: [ColumnProgram.Node] = []
        for argument in arguments {
            guard let part = part(argument), let node = node(part) else { return nil }
            nodes.append(node)
        }
        return nodes
    }

    /// What an expression of literals and parameters is, by running it.
    private func constant(_ expression: Expression) -> Part? {
        guard expression.isConstant else { return nil }
        let environment = SearchEnvironment(
            parameters: compiled.frozenParameters(), document: NoDocumentValues(), score: nil) { _ in nil }
        let run = Interpreter(ScriptProgram(), environment)
        guard let value = try? run.evaluate(expression), value.numericType != nil else { return nil }
        return .constant(value)
    }
}

extension Expression {
    /// Whether it is made of literals and parameters alone.
    fileprivate var isConstant: Bool {
        switch self {
        case .literal, .global("params", _), .staticMember: true
        case .unary, .binary, .member, .element, .cast: children.expressions.allSatisfy(\.isConstant)
        case .staticCall("Math", let name, _, nil, _): name != "random" && children.expressions.allSatisfy(\.isConstant)
        default: false
        }
    }
}

extension ColumnProgram.Node {
    fileprivate var isConstant: Bool { if case .constant = self { true } else { false } }

    fileprivate var count: Int {
        switch self {
        case .constant, .column, .score: 1
        case .binary(_, let left, let right): 1 + left.count + right.count
        case .negated(let node), .math(_, let node): 1 + node.count
        case .function(let nodes, _): nodes.reduce(1) { $0 + $1.count }
        case .choice(let a, let b, let c): 1 + a.count + b.count + c.count
        }
    }
}
