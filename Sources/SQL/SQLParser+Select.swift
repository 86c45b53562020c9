extension SQLParser {
    /// The most columns, groups, and keys of an order: what is done with each takes time that grows with the fields.
    static let maximumListed = 4096

    private mutating func list<Element>(_ element: (inout SQLParser) throws(SQLError) -> Element) throws(SQLError) -> [Element] {
        var list: [Element] = []
        repeat {
            guard list.count < Self.maximumListed else { throw .tooMany(token.source, limit: Self.maximumListed) }
            list.append(try element(&self))
        } while takeSymbol(",")
        return list
    }

    /// What follows `SELECT`.
    mutating func select() throws(SQLError) -> SQLSelect {
        var select = SQLSelect(items: [])
        let top = token
        if token.isWord("TOP"), !isCall {
            let start = self
            advance()
            // A column may be called so.
            if case .integer = token.kind { select.limit = try count() } else { self = start }
        }
        if token.isWord("DISTINCT") {
            select.distinct = token.source
            advance()
        } else {
            _ = take("ALL")
        }
        select.items = try list { (parser) throws(SQLError) in try parser.item() }
        if take("FROM") { select.table = try table() }
        if take("WHERE") { select.condition = try condition() }
        if take("GROUP") {
            try expect("BY")
            if token.isWord("ALL") { throw .notSupported(visited(token.source), .groupByAll) }
            select.groups = try list { (parser) throws(SQLError) in try parser.value() }
        }
        if take("HAVING") { select.having = try condition() }
        if take("ORDER") {
            try expect("BY")
            select.order = try list { (parser) throws(SQLError) in try parser.order() }
        }
        if token.isWord("LIMIT") {
            if select.limit != nil { throw .limitAndTop(top.source) }
            advance()
            if !take("ALL") { select.limit = try count() }
        }
        return select
    }

    private mutating func item() throws(SQLError) -> SQLSelect.Item {
        let start = token
        let expression = takeSymbol("*") ? SQLExpression(.star([]), source(from: start)) : try value(takesStar: true)
        if take("AS") {
            guard let alias = takeName() else { throw unexpected("IDENTIFIER") }
            return .init(expression: expression, alias: alias)
        }
        return .init(expression: expression, alias: takeName())
    }

    private mutating func table() throws(SQLError) -> SQLTables {
        let table = try tables(takesAlias: true)
        let joins: Set = ["JOIN", "INNER", "LEFT", "RIGHT", "FULL", "NATURAL"]
        if token.kind == .word, joins.contains(token.source.text.uppercased()) {
            throw .notSupported(visited(token.source), .join)
        }
        if token.isSymbol(",") { throw .notSupported(visited(token.source), .join) }
        return table
    }

    /// Elasticsearch counts columns from 2 where it finds something wrong in what it has read.
    private func visited(_ source: SQLSource) -> SQLSource {
        SQLSource(text: source.text, line: source.line, column: source.column + 1)
    }

    private mutating func count() throws(SQLError) -> Int {
        if token.isSymbol("?") {
            guard case .integer(let count) = try parameter(), let count = Int(exactly: count), count >= 0 else {
                throw unexpected("INTEGER_VALUE")
            }
            return count
        }
        guard case .integer(let count) = token.kind, let count = Int(exactly: count) else { throw unexpected("INTEGER_VALUE") }
        advance()
        return count
    }

    private mutating func order() throws(SQLError) -> SQLSelect.Order {
        let expression = try value()
        let isDescending = take("DESC")
        if !isDescending { _ = take("ASC") }
        // As PostgreSQL has it: nothing is larger than any value.
        var isNullFirst = isDescending
        if take("NULLS") {
            isNullFirst = take("FIRST")
            if !isNullFirst { try expect("LAST") }
        }
        return .init(expression: expression, isAscending: !isDescending, isNullFirst: isNullFirst)
    }
}
