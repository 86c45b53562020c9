extension Parser {
    /// `type name(type name, …) { … }`, as many as stand at the start of a script.
    mutating func functions() throws(Failure) {
        while true {
            let start = mark
            guard let (result, _) = type(), case .word(let name) = token.kind, peek(1) == .symbol("(") else {
                mark = start
                return
            }
            advance()
            advance()
            let outer = scope
            scope = Scope()
            var parameters: [ScriptType] = []
            while token.kind != .symbol(")") {
                if !parameters.isEmpty { try expect(",") }
                let (type, _) = try requiredType()
                _ = try declare(type)
                parameters.append(type)
            }
            try expect(")")
            // Known before its body is read: it may call itself.
            functionNames[name, default: []].append((program.functions.count, parameters.count))
            let number = program.functions.count
            program.functions.append(ScriptFunction(name: name, result: result, parameters: parameters, slots: 0, body: []))
            program.functions[number].body = try block()
            program.functions[number].slots = scope.slots
            scope = outer
        }
    }

    mutating func declare(_ type: ScriptType) throws(Failure) -> Int {
        let offset = token.offset
        let name = try name()
        guard let slot = scope.declare(name, type) else { throw Failure(fault: .duplicateVariable(name), offset: offset) }
        return slot
    }

    mutating func statements(until end: Token.Kind) throws(Failure) -> [Statement] {
        var statements: [Statement] = []
        while token.kind != end {
            if take(";") { continue }
            statements.append(try statement())
        }
        return statements
    }

    /// `{ … }` with its own variables.
    mutating func block() throws(Failure) -> [Statement] {
        try expect("{")
        return try nested { (parser) throws(Failure) in
            parser.scope.enter()
            let statements = try parser.statements(until: .symbol("}"))
            parser.scope.leave()
            try parser.expect("}")
            return statements
        }
    }

    /// A block, or one statement that stands for it.
    mutating func body() throws(Failure) -> [Statement] {
        if token.kind == .symbol("{") { return try block() }
        if take(";") { return [] }
        scope.enter()
        let statement = try statement()
        scope.leave()
        return [statement]
    }

    mutating func statement() throws(Failure) -> Statement {
        let start = token.offset
        let kind = try nested { (parser) throws(Failure) in try parser.statementKind() }
        return Statement(kind: kind, range: start..<max(start, lastEnd))
    }

    private mutating func statementKind() throws(Failure) -> Statement.Kind {
        if token.kind == .symbol("{") { return .block(try block()) }
        if case .word(let word) = token.kind, Self.keywords.contains(word) {
            switch word {
            case "if": return try branch()
            case "while": return try whileLoop()
            case "do": return try doLoop()
            case "for": return try forLoop()
            case "try": return try attempt()
            case "return":
                advance()
                let value = token.kind == .symbol(";") || token.kind == .symbol("}") || token.kind == .end ? nil : try expression()
                try endStatement()
                return .give(value)
            case "break", "continue":
                advance()
                try endStatement()
                return word == "break" ? .leave : .proceed
            case "throw":
                advance()
                let value = try expression()
                try endStatement()
                return .raise(value)
            default: break
            }
        }
        if let declaration = try declaration() {
            try endStatement()
            return .declare(declaration)
        }
        let value = try expression()
        try endStatement()
        return .expression(value)
    }

    /// The last statement of a script or block needs no semicolon.
    private mutating func endStatement() throws(Failure) {
        if take(";") || token.kind == .symbol("}") || token.kind == .end { return }
        throw unexpected
    }

    /// `type name = value, name …`; nil where an expression stands.
    mutating func declaration() throws(Failure) -> [(slot: Int, type: ScriptType, value: Expression?)]? {
        let start = mark
        guard let (type, _) = type(), case .word(let name) = token.kind, !Self.keywords.contains(name) else {
            mark = start
            return nil
        }
        var variables: [(slot: Int, type: ScriptType, value: Expression?)] = []
        repeat {
            let offset = token.offset
            let name = try self.name()
            let value = take("=") ? try expression() : nil
            // Only now: it is not visible in its own value.
            guard let slot = scope.declare(name, type) else { throw Failure(fault: .duplicateVariable(name), offset: offset) }
            variables.append((slot, type, value))
        } while take(",")
        return variables
    }

    mutating func condition() throws(Failure) -> Expression {
        try expect("(")
        let condition = try expression()
        try expect(")")
        return condition
    }

    private mutating func branch() throws(Failure) -> Statement.Kind {
        advance()
        let condition = try condition()
        let then = try body()
        return .branch(condition, then: then, otherwise: takeWord("else") ? try body() : [])
    }

    private mutating func attempt() throws(Failure) -> Statement.Kind {
        advance()
        let body = try block()
        var catches: [Statement.Catch] = []
        while takeWord("catch") {
            try expect("(")
            scope.enter()
            let (type, name) = try requiredType()
            let slot = try declare(type)
            try expect(")")
            catches.append(Statement.Catch(type: name, slot: slot, body: try block()))
            scope.leave()
        }
        guard !catches.isEmpty else { throw unexpected }
        return .attempt(body, catches: catches)
    }
}
