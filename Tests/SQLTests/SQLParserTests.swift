import Testing
import TestSupport

@testable import SQL

@Suite struct SQLParserTests {
    private func select(_ text: String, _ parameters: [SQLLiteral] = []) throws -> SQLSelect {
        guard case .select(let select) = try SQLParser.statement(text, parameters: parameters) else {
            throw SQLError.unexpected(found: SQLSource(text: "", line: 0, column: 0), expected: "SELECT")
        }
        return select
    }

    private func condition(_ text: String) throws -> String {
        try select("SELECT a FROM t WHERE \(text)").condition?.notation ?? ""
    }

    @Test func everyClause() throws {
        let select = try select(
            """
            select a.b AS x, "C d", COUNT(DISTINCT e) n, o.*, * FROM "logs-*" t WHERE a > 1 GROUP BY a, 2
            HAVING COUNT(*) >= 2 ORDER BY x DESC, 2, n ASC NULLS FIRST, y DESC NULLS LAST LIMIT 10
            """)
        #expect(select.items.map(\.expression.notation) == ["a.b", "C d", "COUNT(DISTINCT e)", "o.*", "*"])
        #expect(select.items.map(\.alias) == ["x", nil, "n", nil, nil])
        #expect(select.items.map(\.expression.source.text) == ["a.b", "\"C d\"", "COUNT(DISTINCT e)", "o.*", "*"])
        #expect(select.table?.name == .indices("logs-*") && select.table?.alias == "t")
        #expect(select.condition?.notation == "a > 1")
        #expect(select.groups.map(\.notation) == ["a", "2"])
        #expect(select.having?.notation == "COUNT(*) >= 2")
        #expect(select.order.map(\.isAscending) == [false, true, true, false])
        #expect(select.order.map(\.isNullFirst) == [true, false, true, false])
        #expect(select.limit == 10 && select.distinct == nil)
    }

    @Test(arguments: [
        ("a = 1 OR b <> 2 AND NOT c < 3", "(a = 1 OR (b != 2 AND NOT(c < 3)))"), ("(a = 1 OR b = 2) AND c", "((a = 1 OR b = 2) AND c)"),
        ("NOT NOT a = 1", "a = 1"), ("a BETWEEN 1 AND 2 AND b", "(a IN [1, 2] AND b)"), ("a NOT BETWEEN -1.5 AND 2", "NOT(a IN [-1.5, 2])"),
        ("a IN ('x', NULL, TRUE)", "a IN (x, null, true)"), ("a NOT IN (1)", "NOT(a IN (1))"), ("a LIKE 'b%'", "a LIKE b*"),
        ("a NOT LIKE 'b!%' ESCAPE '!'", "NOT(a LIKE b%)"), ("a RLIKE 'b.*'", "a RLIKE b.*"), ("a IS NULL", "a IS NULL"),
        ("a IS NOT NULL", "NOT(a IS NULL)"), ("MATCH(a, 'b', 'operator=AND')", "MATCH(a, b, operator=AND)"), ("1 != a", "1 != a"),
        ("query('a:b')", "QUERY(a:b)"),
    ])
    func conditions(text: String, notation: String) throws {
        #expect(try condition(text) == notation)
    }

    @Test func parameters() throws {
        let select = try select("SELECT a, ? p FROM t WHERE b = ? AND c LIKE ? LIMIT ?", [.null, .double(1.5), .string("x%"), .integer(3)])
        #expect(select.items.map(\.expression.notation) == ["a", "null"])
        #expect(select.condition?.notation == "(b = 1.5 AND c LIKE x*)" && select.limit == 3)
        #expect(throws: SQLError.parameterMissing(SQLSource(text: "?", line: 1, column: 8), given: 0)) { try self.select("SELECT ? FROM t") }
    }

    @Test func topAndDistinct() throws {
        #expect(try select("SELECT TOP 5 a FROM t").limit == 5)
        #expect(try select("SELECT top FROM t").items.map(\.expression.notation) == ["top"])
        #expect(try select("SELECT ALL a FROM t").distinct == nil)
        #expect(try select("SELECT DISTINCT a FROM t").distinct == SQLSource(text: "DISTINCT", line: 1, column: 8))
        #expect(try select("SELECT a FROM t LIMIT ALL").limit == nil)
        #expect(throws: SQLError.limitAndTop(SQLSource(text: "TOP", line: 1, column: 8))) { try self.select("SELECT TOP 5 a FROM t LIMIT 3") }
    }

    @Test func otherStatements() throws {
        #expect(try SQLParser.statement("SHOW TABLES") == .showTables(nil))
        guard case .showTables(let tables?) = try SQLParser.statement("show tables LIKE 'a%'"), case .like(let pattern) = tables.name else {
            Issue.record("no pattern")
            return
        }
        #expect(pattern.wildcard == "a*")
        for text in ["SHOW COLUMNS IN \"a-b\"", "SHOW COLUMNS FROM \"a-b\"", "DESCRIBE \"a-b\"", "DESC \"a-b\""] {
            guard case .showColumns(let tables) = try SQLParser.statement(text) else {
                Issue.record("\(text)")
                continue
            }
            #expect(tables.name == .indices("a-b") && tables.source.text == "\"a-b\"")
        }
    }

    @Test(arguments: [
        ("", 1, "", "SELECT"), ("SELECT", 7, "", "expression"), ("SELECT a FROM", 14, "", "IDENTIFIER"), ("SELECT a FROM t t2 x", 20, "x", "<EOF>"),
        ("SELECT a FROM t WHERE a >", 26, "", "expression"), ("SELECT a + 1 FROM t", 10, "+", "<EOF>"), ("SELECT a FROM t;", 16, ";", "<EOF>"),
        ("SELECT a FROM t LIMIT x", 23, "x", "INTEGER_VALUE"), ("SELECT a FROM t LIMIT -1", 23, "-", "INTEGER_VALUE"), ("SELECT SCORE().a FROM t", 15, ".", "<EOF>"),
        ("SELECT a FROM t WHERE a NOT 5", 29, "5", "BETWEEN"), ("SELECT a, FROM t", 11, "FROM", "expression"), ("SELECT a FROM t GROUP a", 23, "a", "BY"),
        ("SELECT COUNT(* FROM t", 16, "FROM", "')'"), ("SHOW x", 6, "x", "TABLES"), ("SELECT a FROM t ORDER BY a NULLS b", 34, "b", "LAST"),
    ])
    func mistakes(text: String, column: Int, found: String, expected: String) {
        do {
            _ = try SQLParser.statement(text)
            Issue.record("read")
        } catch {
            guard case .unexpected(let source, let wanted) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(source == SQLSource(text: found, line: 1, column: column) && wanted.contains(expected))
        }
    }

    @Test(arguments: [
        ("SELECT * FROM test JOIN other", SQLError.Feature.join, 21), ("SELECT foo FROM test GROUP BY ALL foo", .groupByAll, 32),
        ("SELECT a FROM (SELECT b FROM c)", .subquery, 15), ("SELECT a FROM t WHERE EXISTS (SELECT 1)", .exists, 23),
        ("SELECT a FROM t WHERE a IN (SELECT 1)", .subquery, 29), ("SELECT a FROM b:c", .remoteCluster, 15), ("WITH a AS b SELECT 1", .statement, 1),
    ])
    func notSupported(text: String, feature: SQLError.Feature, column: Int) {
        do {
            _ = try SQLParser.statement(text)
            Issue.record("read")
        } catch {
            guard case .notSupported(let source, feature) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(source.column == column)
        }
    }

    @Test func depth() throws {
        func nested(_ depth: Int) -> String { String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth) }
        #expect(try condition(nested(SQLParser.maximumDepth - 1)) == "a")
        #expect(thrownCase { try self.condition(nested(SQLParser.maximumDepth)) } == "tooDeep")
        #expect(thrownCase { try self.condition(nested(100_000)) } == "tooDeep")
        let calls = String(repeating: "f(", count: 100_000)
        #expect(thrownCase { try self.select("SELECT \(calls)") } == "tooDeep")
        // Long, not deep.
        let parts = Array(repeating: "a = 1", count: 20_000)
        #expect(try select("SELECT a FROM t WHERE " + parts.joined(separator: " AND ")).condition != nil)
        #expect(try select("SELECT a FROM t WHERE " + String(repeating: "NOT ", count: 20_001) + "a").condition?.notation == "NOT(a)")
    }

    @Test func listsAreBounded() throws {
        func columns(_ count: Int) -> String { Array(repeating: "a", count: count).joined(separator: ",") }
        #expect(try select("SELECT \(columns(SQLParser.maximumListed)) FROM t").items.count == SQLParser.maximumListed)
        for text in ["SELECT %", "SELECT a FROM t GROUP BY %", "SELECT a FROM t ORDER BY %"] {
            #expect(thrownCase { try self.select(text.replacing("%", with: columns(SQLParser.maximumListed + 1))) } == "tooMany")
        }
        // What columns are compared with may be many.
        let list = Array(repeating: "1", count: 50_000).joined(separator: ",")
        #expect(try select("SELECT a FROM t WHERE a IN (\(list))").condition != nil)
    }

    /// Whatever stands there, there is a statement or an error.
    @Test func anything() {
        var generator = Generator(state: 7)
        let words = [
            "SELECT", "FROM", "WHERE", "a", "\"b\"", "'c'", "1", "2.5", "?", "(", ")", ",", ".", "*", "=", "<>", "-", "AND", "OR", "NOT", "IN", "IS",
            "NULL", "LIKE", "BETWEEN", "GROUP", "BY", "ORDER", "HAVING", "LIMIT", "COUNT", "MATCH", "SHOW", "TABLES", "ESCAPE", "'", "\"", "é", ";",
        ]
        for _ in 0..<3000 {
            let text = "SELECT " + (0..<Int.random(in: 0..<14, using: &generator)).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            _ = try? SQLParser.statement(text, parameters: [.integer(1)])
        }
    }
}

private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}

extension SQLLiteral {
    fileprivate var notation: String {
        switch self {
        case .null: "null"
        case .boolean(let value): String(value)
        case .integer(let value): String(value)
        case .double(let value): String(value)
        case .string(let value): value
        }
    }
}

extension SQLExpression {
    /// Short enough to compare with.
    fileprivate var notation: String {
        switch kind {
        case .literal(let literal): literal.notation
        case .column(let parts): parts.joined(separator: ".")
        case .star(let parts): (parts + ["*"]).joined(separator: ".")
        case .call(let name, let arguments, let isDistinct):
            "\(name)(\(isDistinct ? "DISTINCT " : "")\(arguments.map(\.notation).joined(separator: ", ")))"
        case .and(let parts): "(" + parts.map(\.notation).joined(separator: " AND ") + ")"
        case .or(let parts): "(" + parts.map(\.notation).joined(separator: " OR ") + ")"
        case .not(let inner): "NOT(\(inner.notation))"
        case .comparison(let comparison, let left, let right): "\(left.notation) \(comparison.rawValue) \(right.notation)"
        case .between(let value, let low, let high): "\(value.notation) IN [\(low.notation), \(high.notation)]"
        case .isIn(let value, let list): "\(value.notation) IN (\(list.map(\.notation).joined(separator: ", ")))"
        case .like(let value, let pattern): "\(value.notation) LIKE \(pattern.wildcard)"
        case .rlike(let value, let pattern): "\(value.notation) RLIKE \(pattern)"
        case .isNull(let value): "\(value.notation) IS NULL"
        }
    }
}
