/// Reads a statement of Elasticsearch's SQL, as far as it is served.
///
/// Source: https://www.elastic.co/docs/reference/query-languages/sql/sql-syntax
public struct SQLParser {
    /// How deeply conditions may stand in parentheses.
    static let maximumDepth = 100

    /// Words that are no names unless they stand in quotes.
    private static let reserved: Set<String> = [
        "ALL", "AND", "ANY", "AS", "ASC", "BETWEEN", "BY", "CASE", "CAST", "CONVERT", "DESC", "DESCRIBE", "DISTINCT", "ESCAPE",
        "EXISTS", "EXTRACT", "FALSE", "FROM", "GROUP", "HAVING", "IN", "INNER", "IS", "JOIN", "LEFT", "LIKE", "LIMIT", "MATCH",
        "NATURAL", "NOT", "NULL", "NULLS", "ON", "OR", "ORDER", "OUTER", "RIGHT", "RLIKE", "SELECT", "TABLE", "TRUE", "USING",
        "WHERE", "WITH",
    ]

    private let tokens: [SQLToken]
    private let scalars: [Unicode.Scalar]
    private var position = 0
    /// The values of `?`, in their order.
    let parameters: [SQLLiteral]
    var usedParameters = 0
    var depth = 0

    /// - Parameter parameters: the values of `?`, in their order.
    /// - Complexity: O(length).
    /// - Throws: `SQLError`.
    public static func statement(_ text: String, parameters: [SQLLiteral] = []) throws(SQLError) -> SQLStatement {
        var parser = try SQLParser(text, parameters)
        let statement = try parser.statement()
        try parser.expectEnd()
        return statement
    }

    private init(_ text: String, _ parameters: [SQLLiteral]) throws(SQLError) {
        (tokens, scalars) = try SQLLexer.tokens(text)
        self.parameters = parameters
    }

    private mutating func statement() throws(SQLError) -> SQLStatement {
        let first = token
        if take("SELECT") { return .select(try select()) }
        if take("DESCRIBE") || take("DESC") { return .showColumns(try tables(takesAlias: false)) }
        if take("SHOW") {
            if take("TABLES") { return .showTables(token.kind == .end ? nil : try tables(takesAlias: false)) }
            if take("COLUMNS") {
                guard take("IN") || take("FROM") else { throw unexpected("{'FROM', 'IN'}") }
                return .showColumns(try tables(takesAlias: false))
            }
            throw unexpected("{'COLUMNS', 'TABLES'}")
        }
        for word in ["WITH", "EXPLAIN", "DEBUG", "SYS"] where first.isWord(word) { throw .notSupported(first.source, .statement) }
        throw unexpected("{'DESC', 'DESCRIBE', 'SELECT', 'SHOW'}")
    }

    // MARK: Tokens

    /// The next one; the last is the end.
    var token: SQLToken { tokens[min(position, tokens.count - 1)] }
    private var following: SQLToken { tokens[min(position + 1, tokens.count - 1)] }

    mutating func advance() { position += 1 }

    mutating func take(_ keyword: String) -> Bool {
        guard token.isWord(keyword) else { return false }
        advance()
        return true
    }

    mutating func takeSymbol(_ symbol: String) -> Bool {
        guard token.isSymbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func expect(_ keyword: String) throws(SQLError) {
        guard take(keyword) else { throw unexpected("'\(keyword)'") }
    }

    mutating func expectSymbol(_ symbol: String) throws(SQLError) {
        guard takeSymbol(symbol) else { throw unexpected("'\(symbol)'") }
    }

    private func expectEnd() throws(SQLError) {
        guard token.kind == .end else { throw unexpected("<EOF>") }
    }

    func unexpected(_ expected: String) -> SQLError { .unexpected(found: token.source, expected: expected) }

    /// Whether a parenthesis follows the next word.
    var isCall: Bool { token.kind == .word && following.isSymbol("(") }

    /// The text from a token up to the last one that was taken.
    func source(from start: SQLToken) -> SQLSource {
        let end = tokens[max(0, min(position, tokens.count) - 1)].range.upperBound
        let text = end >= start.range.lowerBound ? SQLLexer.text(scalars[start.range.lowerBound..<end]) : ""
        return SQLSource(text: text, line: start.source.line, column: start.source.column)
    }

    /// A name, if one follows.
    mutating func takeName() -> String? {
        switch token.kind {
        case .quoted(let name):
            advance()
            return name
        case .word where !Self.reserved.contains(token.source.text.uppercased()):
            defer { advance() }
            return token.source.text
        default: return nil
        }
    }

    mutating func string() throws(SQLError) -> String {
        switch token.kind {
        case .string(let text):
            advance()
            return text
        case .symbol where token.source.text == "?":
            guard case .string(let text) = try parameter() else { throw unexpected("a string") }
            return text
        default: throw unexpected("STRING")
        }
    }

    mutating func parameter() throws(SQLError) -> SQLLiteral {
        guard usedParameters < parameters.count else { throw .parameterMissing(token.source, given: parameters.count) }
        advance()
        usedParameters += 1
        return parameters[usedParameters - 1]
    }

    // MARK: Tables

    /// - Parameter takesAlias: else a pattern may stand in the name's place.
    mutating func tables(takesAlias: Bool) throws(SQLError) -> SQLTables {
        let start = token
        if !takesAlias, take("LIKE") {
            let pattern = try pattern(after: start)
            return SQLTables(name: .like(pattern), source: source(from: start))
        }
        if token.isSymbol("(") { throw .notSupported(token.source, .subquery) }
        guard let name = takeName() else { throw unexpected("IDENTIFIER") }
        if token.isSymbol(":") { throw .notSupported(start.source, .remoteCluster) }
        var tables = SQLTables(name: .indices(name), source: source(from: start))
        if takesAlias, take("AS") {
            guard let alias = takeName() else { throw unexpected("IDENTIFIER") }
            tables.alias = alias
        } else if takesAlias {
            tables.alias = takeName()
        }
        return tables
    }

    /// What follows `LIKE`.
    mutating func pattern(after start: SQLToken) throws(SQLError) -> SQLPattern {
        let text = try string()
        guard take("ESCAPE") else { return try SQLPattern(text, escape: nil, source(from: start)) }
        let place = token.source
        let escape = try string()
        guard let character = escape.first, escape.count == 1, !"%_*".contains(character) else { throw .invalidEscape(place) }
        return try SQLPattern(text, escape: character, source(from: start))
    }
}
