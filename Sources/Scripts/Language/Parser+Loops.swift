/// Loops.
extension Parser {
    mutating func whileLoop() throws(Failure) -> Statement.Kind {
        let offset = token.offset
        advance()
        let condition = try condition()
        let body = try body()
        try check(condition, body, "while loop", offset)
        return .loop(Statement.Loop(condition: condition, body: body))
    }

    /// Refuses a loop whose condition never changes, and that nothing leaves or enters.
    private func check(_ condition: Expression?, _ body: [Statement], _ kind: String, _ offset: Int) throws(Failure) {
        var isAlways = condition == nil
        if case .literal(.boolean(let value))? = condition {
            guard value else { throw Failure(fault: .uselessLoop("extraneous \(kind)"), offset: offset) }
            isAlways = true
        }
        if isAlways, body.isEmpty { throw Failure(fault: .uselessLoop("no paths escape from \(kind)"), offset: offset) }
    }

    mutating func doLoop() throws(Failure) -> Statement.Kind {
        advance()
        let body = try block()
        guard takeWord("while") else { throw unexpected }
        let condition = try condition()
        _ = take(";")
        return .loop(Statement.Loop(condition: condition, body: body, isBodyFirst: true))
    }

    mutating func forLoop() throws(Failure) -> Statement.Kind {
        let offset = token.offset
        advance()
        try expect("(")
        scope.enter()
        defer { scope.leave() }
        if let each = try forEach() { return each }
        var loop = Statement.Loop()
        if token.kind != .symbol(";") {
            let start = token.offset
            if let variables = try declaration() {
                loop.start = [Statement(kind: .declare(variables), range: start..<lastEnd)]
            } else {
                loop.start = [Statement(kind: .expression(try expression()), range: start..<lastEnd)]
            }
        }
        try expect(";")
        if token.kind != .symbol(";") { loop.condition = try expression() }
        try expect(";")
        while token.kind != .symbol(")") {
            if !loop.step.isEmpty { try expect(",") }
            loop.step.append(try expression())
        }
        try expect(")")
        loop.body = try body()
        try check(loop.condition, loop.body, "for loop", offset)
        return .loop(loop)
    }

    /// `for (type name : values)` and `for (name in values)`.
    private mutating func forEach() throws(Failure) -> Statement.Kind? {
        let start = mark
        var type = ScriptType.anything
        if case .word = peek(0), peek(1) == .word("in") {
        } else if let (given, _) = self.type(), case .word = peek(0), peek(1) == .symbol(":") || peek(1) == .word("in") {
            type = given
        } else {
            mark = start
            return nil
        }
        let offset = token.offset
        let name = try name()
        advance()
        let values = try expression()
        try expect(")")
        guard let slot = scope.declare(name, type) else { throw Failure(fault: .duplicateVariable(name), offset: offset) }
        return .forEach(slot: slot, type: type, in: values, body: try body())
    }
}
