extension Parser {
    /// Assignments, which bind least and to the right.
    mutating func expression() throws(Failure) -> Expression {
        try nested { (parser) throws(Failure) in
            if let lambda = try parser.lambda() { return .function(lambda) }
            let left = try parser.elvis()
            guard case .symbol(let symbol) = parser.token.kind, symbol == "=" || Self.compounds[symbol] != nil else {
                return left
            }
            let offset = parser.token.offset
            let target = try parser.target(left, offset)
            parser.advance()
            let value = try parser.expression()
            guard let operation = Self.compounds[symbol] else { return .assign(target, value, offset: offset) }
            return .compound(operation, target, value, offset: offset)
        }
    }

    private static let compounds: [String: Expression.Binary] = [
        "+=": .add, "-=": .subtract, "*=": .multiply, "/=": .divide, "%=": .remainder, "&=": .and, "|=": .or,
        "^=": .exclusiveOr, "<<=": .shiftLeft, ">>=": .shiftRight, ">>>=": .shiftRightUnsigned,
    ]

    func target(_ expression: Expression, _ offset: Int) throws(Failure) -> Expression.Target {
        switch expression {
        case .local(let slot):
            return .local(slot, localTypes[slot] ?? .anything)
        case .member(let receiver, let name, isNullSafe: false, _): return .member(receiver, name)
        case .element(let receiver, let index, _): return .element(receiver, index)
        default: throw Failure(fault: .notAssignable, offset: offset)
        }
    }

    private mutating func elvis() throws(Failure) -> Expression {
        let left = try conditional()
        guard take("?:") else { return left }
        return .elvis(left, try nested { (parser) throws(Failure) in try parser.elvis() })
    }

    private mutating func conditional() throws(Failure) -> Expression {
        let condition = try binary(0)
        let offset = token.offset
        guard take("?") else { return condition }
        return try nested { (parser) throws(Failure) in
            let first = try parser.elvis()
            try parser.expect(":")
            let second = try parser.conditional()
            return .conditional(condition, first, second, offset: offset)
        }
    }

    /// How strongly operators bind, weakest first.
    private static let levels: [[String]] = [
        ["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!=", "===", "!=="], ["<", "<=", ">", ">=", "instanceof"],
        ["<<", ">>", ">>>"], ["+", "-"], ["*", "/", "%"], ["=~", "==~"],
    ]

    private mutating func binary(_ level: Int) throws(Failure) -> Expression {
        guard level < Self.levels.count else { return try unary() }
        var left = try binary(level + 1)
        while true {
            let offset = token.offset
            let operation: String
            switch token.kind {
            case .symbol(let symbol): operation = symbol
            case .word("instanceof"): operation = "instanceof"
            default: return left
            }
            guard Self.levels[level].contains(operation) else { return left }
            chain += 1
            guard chain <= Self.maximumChain else { throw Failure(fault: .tooComplex, offset: offset) }
            advance()
            if operation == "instanceof" {
                left = .instance(left, try requiredType().name)
                continue
            }
            let right = try binary(level + 1)
            switch operation {
            case "&&": left = .both(left, right, offset: offset)
            case "||": left = .either(left, right, offset: offset)
            default:
                guard let kind = Expression.Binary(rawValue: operation) else { throw unexpected }
                left = .binary(kind, left, right, offset: offset)
            }
        }
    }

    private mutating func unary() throws(Failure) -> Expression {
        let offset = token.offset
        guard case .symbol(let symbol) = token.kind else { return try postfix() }
        switch symbol {
        case "+", "-", "!", "~":
            advance()
            let operand = try nested { (parser) throws(Failure) in try parser.unary() }
            guard let kind = Expression.Unary(rawValue: symbol) else { throw unexpected }
            return .unary(kind, operand, offset: offset)
        case "++", "--":
            advance()
            let operand = try nested { (parser) throws(Failure) in try parser.unary() }
            return .increment(try target(operand, offset), by: symbol == "++" ? 1 : -1, isPrefix: true, offset: offset)
        case "(":
            let start = mark
            advance()
            if let (type, _) = type(), take(")"), startsOperand {
                return .cast(type, try nested { (parser) throws(Failure) in try parser.unary() }, offset: offset)
            }
            mark = start
            return try postfix()
        default: return try postfix()
        }
    }

    /// Whether a cast's operand can start here.
    private var startsOperand: Bool {
        switch token.kind {
        case .word(let word): word != "instanceof"
        case .integer, .long, .float, .double, .string, .pattern: true
        case .symbol(let symbol): ["(", "!", "~", "[", "-", "+", "++", "--"].contains(symbol)
        case .end: false
        }
    }

    private mutating func postfix() throws(Failure) -> Expression {
        var value = try primary()
        while case .symbol(let symbol) = token.kind {
            let offset = token.offset
            if symbol == "." || symbol == "?." || symbol == "[" {
                chain += 1
                guard chain <= Self.maximumChain else { throw Failure(fault: .tooComplex, offset: offset) }
            }
            switch symbol {
            case ".", "?.":
                advance()
                let name: String
                switch token.kind {
                case .word(let word): name = word
                case .integer(let index): name = String(index)
                default: throw unexpected
                }
                advance()
                if token.kind == .symbol("(") {
                    let (arguments, lambda) = try self.arguments()
                    value = .call(
                        .init(
                            receiver: value, name: name, arguments: arguments, lambda: lambda, isNullSafe: symbol == "?.",
                            offset: offset))
                } else {
                    value = .member(value, name, isNullSafe: symbol == "?.", offset: offset)
                }
            case "[":
                advance()
                let index = try expression()
                try expect("]")
                value = .element(value, index, offset: offset)
            case "::":
                advance()
                value = .reference(value, type: nil, name: try name(), offset: offset)
            case "++", "--":
                advance()
                value = .increment(try target(value, offset), by: symbol == "++" ? 1 : -1, isPrefix: false, offset: offset)
            default: return value
            }
        }
        return value
    }

    /// `(a, b, x -> …)`: one lambda at most.
    mutating func arguments() throws(Failure) -> ([Expression], Expression.Lambda?) {
        try expect("(")
        var arguments: [Expression] = [], lambda: Expression.Lambda?, count = 0
        while token.kind != .symbol(")") {
            if count > 0 { try expect(",") }
            count += 1
            if lambda == nil, let found = try self.lambda() {
                lambda = found
            } else {
                arguments.append(try expression())
            }
        }
        try expect(")")
        return (arguments, lambda)
    }

    /// `x -> value`, `(a, b) -> { … }`; nil where something else stands.
    private mutating func lambda() throws(Failure) -> Expression.Lambda? {
        let start = mark
        var names: [(name: String, type: ScriptType, offset: Int)] = []
        if case .word(let name) = token.kind, peek(1) == .symbol("->") {
            names.append((name, .anything, token.offset))
            advance()
        } else if take("(") {
            while case .word = token.kind {
                var type = ScriptType.anything
                if case .word = peek(1), let (given, _) = self.type() { type = given }
                guard case .word(let name) = token.kind else { break }
                names.append((name, type, token.offset))
                advance()
                if !take(",") { break }
            }
            guard take(")"), token.kind == .symbol("->") else {
                mark = start
                return nil
            }
        } else {
            return nil
        }
        try expect("->")
        return try nested { (parser) throws(Failure) in
            parser.scope.enter()
            defer { parser.scope.leave() }
            var slots: [Int] = []
            for (name, type, offset) in names {
                guard let slot = parser.scope.declare(name, type) else {
                    throw Failure(fault: .duplicateVariable(name), offset: offset)
                }
                slots.append(slot)
            }
            if parser.token.kind == .symbol("{") { return .init(parameters: slots, body: try parser.block()) }
            let from = parser.token.offset
            let value = try parser.expression()
            return .init(parameters: slots, body: [Statement(kind: .give(value), range: from..<parser.lastEnd)])
        }
    }
}
