extension SQLParser {
    /// A condition: alternatives, of what holds together, of predicates.
    mutating func condition() throws(SQLError) -> SQLExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw .tooDeep(token.source, limit: Self.maximumDepth) }
        let start = token
        var parts = [try conjunction()]
        while take("OR") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : SQLExpression(.or(parts), source(from: start))
    }

    private mutating func conjunction() throws(SQLError) -> SQLExpression {
        let start = token
        var parts = [try negation()]
        while take("AND") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : SQLExpression(.and(parts), source(from: start))
    }

    private mutating func negation() throws(SQLError) -> SQLExpression {
        let start = token
        var isNegated = false
        while take("NOT") { isNegated.toggle() }
        let predicate = try predicate()
        return isNegated ? SQLExpression(.not(predicate), source(from: start)) : predicate
    }

    private mutating func predicate() throws(SQLError) -> SQLExpression {
        let start = token
        let left: SQLExpression
        if takeSymbol("(") {
            left = try condition()
            try expectSymbol(")")
        } else {
            left = try value()
        }
        if let comparison = takeComparison() { return SQLExpression(.comparison(comparison, left, try value()), source(from: start)) }
        if take("IS") {
            let isNegated = take("NOT")
            try expect("NULL")
            return negated(isNegated, .isNull(left), start)
        }
        let isNegated = take("NOT")
        if take("BETWEEN") {
            let low = try value()
            try expect("AND")
            let high = try value()
            return negated(isNegated, .between(left, low, high), start)
        }
        if take("IN") {
            try expectSymbol("(")
            if token.isWord("SELECT") { throw .notSupported(token.source, .subquery) }
            var values: [SQLExpression] = []
            repeat { values.append(try value()) } while takeSymbol(",")
            try expectSymbol(")")
            return negated(isNegated, .isIn(left, values), start)
        }
        if take("LIKE") {
            let pattern = try pattern(after: start)
            return negated(isNegated, .like(left, pattern), start)
        }
        if take("RLIKE") {
            let pattern = try string()
            return negated(isNegated, .rlike(left, pattern), start)
        }
        if isNegated { throw unexpected("{'BETWEEN', 'IN', 'LIKE', 'RLIKE'}") }
        return left
    }

    private func negated(_ isNegated: Bool, _ kind: SQLExpression.Kind, _ start: SQLToken) -> SQLExpression {
        let source = source(from: start)
        let expression = SQLExpression(kind, source)
        return isNegated ? SQLExpression(.not(expression), source) : expression
    }

    private mutating func takeComparison() -> SQLExpression.Comparison? {
        guard token.kind == .symbol else { return nil }
        let text = token.source.text
        guard let comparison = SQLExpression.Comparison(rawValue: text == "<>" ? "!=" : text) else { return nil }
        advance()
        return comparison
    }

    // MARK: Values

    /// A constant, a column, or a function of such.
    ///
    /// - Parameter takesStar: `name.*` is one, too.
    mutating func value(takesStar: Bool = false) throws(SQLError) -> SQLExpression {
        let start = token
        switch start.kind {
        case .integer(let value):
            advance()
            return SQLExpression(.literal(.integer(value)), source(from: start))
        case .decimal(let value):
            advance()
            return SQLExpression(.literal(.double(value)), source(from: start))
        case .string(let text):
            advance()
            return SQLExpression(.literal(.string(text)), source(from: start))
        case .symbol where start.source.text == "?":
            return SQLExpression(.literal(try parameter()), source(from: start))
        case .symbol where start.source.text == "-" || start.source.text == "+": return try signed(start)
        case .symbol, .end: throw unexpected("an expression")
        case .quoted: return try column(start, takesStar: takesStar)
        case .word:
            for (word, literal) in [("NULL", SQLLiteral.null), ("TRUE", .boolean(true)), ("FALSE", .boolean(false))] where take(word) {
                return SQLExpression(.literal(literal), source(from: start))
            }
            if isCall { return try call(start) }
            return try column(start, takesStar: takesStar)
        }
    }

    private mutating func signed(_ start: SQLToken) throws(SQLError) -> SQLExpression {
        let isNegative = start.source.text == "-"
        advance()
        switch token.kind {
        case .integer(let value):
            advance()
            // No literal is the smallest number: that of its digits would be too large.
            return SQLExpression(.literal(.integer(isNegative ? -value : value)), source(from: start))
        case .decimal(let value):
            advance()
            return SQLExpression(.literal(.double(isNegative ? -value : value)), source(from: start))
        default: throw unexpected("{DECIMAL_VALUE, INTEGER_VALUE}")
        }
    }

    private mutating func column(_ start: SQLToken, takesStar: Bool) throws(SQLError) -> SQLExpression {
        guard let first = takeName() else { throw unexpected("an expression") }
        var parts = [first]
        while takeSymbol(".") {
            if takesStar, takeSymbol("*") { return SQLExpression(.star(parts), source(from: start)) }
            guard let part = takeName() else { throw unexpected("IDENTIFIER") }
            parts.append(part)
        }
        return SQLExpression(.column(parts), source(from: start))
    }

    private mutating func call(_ start: SQLToken) throws(SQLError) -> SQLExpression {
        let name = start.source.text.uppercased()
        if name == "EXISTS" { throw .notSupported(start.source, .exists) }
        advance()
        advance()
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw .tooDeep(token.source, limit: Self.maximumDepth) }
        var arguments: [SQLExpression] = []
        let isDistinct = take("DISTINCT")
        if !isDistinct { _ = take("ALL") }
        if token.isSymbol("*"), !isDistinct {
            let star = token
            advance()
            arguments.append(SQLExpression(.star([]), source(from: star)))
        } else if !token.isSymbol(")") {
            repeat { arguments.append(try value()) } while takeSymbol(",")
        }
        try expectSymbol(")")
        return SQLExpression(.call(name, arguments, isDistinct: isDistinct), source(from: start))
    }
}
