import Testing
import TestSupport

@testable import SQL

@Suite struct SQLLexerTests {
    private func kinds(_ text: String) throws -> [SQLToken.Kind] { try SQLLexer.tokens(text).tokens.map(\.kind) }

    @Test func words() throws {
        #expect(try kinds("a_1@b \"A \"\"b\"\"\" 'it''s' 2024_logs") == [.word, .quoted("A \"b\""), .string("it's"), .word, .end])
        #expect(try kinds("") == [.end])
    }

    @Test(arguments: [
        ("1", SQLToken.Kind.integer(1)), ("9223372036854775807", .integer(.max)), ("1.5", .decimal(1.5)), (".5", .decimal(0.5)),
        ("5.", .decimal(5)), ("1e3", .decimal(1000)), ("1.5E-1", .decimal(0.15)), ("2E+2", .decimal(200)),
    ])
    func numbers(text: String, kind: SQLToken.Kind) throws {
        #expect(try kinds(text) == [kind, .end])
    }

    @Test func symbols() throws {
        let tokens = try SQLLexer.tokens("a<>b!=c<=d>=e<f").tokens
        #expect(tokens.filter { $0.kind == .symbol }.map(\.source.text) == ["<>", "!=", "<=", ">=", "<"])
    }

    @Test func placesAndComments() throws {
        let tokens = try SQLLexer.tokens("SELECT -- one\n  é /* two\n */ b").tokens
        #expect(tokens.map(\.source) == [
            SQLSource(text: "SELECT", line: 1, column: 1), SQLSource(text: "é", line: 2, column: 3),
            SQLSource(text: "b", line: 3, column: 5), SQLSource(text: "", line: 3, column: 6),
        ])
    }

    @Test func refused() {
        let long = String(repeating: " ", count: SQLLexer.maximumLength + 1)
        #expect(throws: SQLError.tooLong(limit: SQLLexer.maximumLength)) { try SQLLexer.tokens(long) }
        #expect(throws: SQLError.unterminated(SQLSource(text: "'a", line: 1, column: 3))) { try SQLLexer.tokens("x 'a") }
        #expect(throws: SQLError.unterminated(SQLSource(text: "\"", line: 1, column: 1))) { try SQLLexer.tokens("\"") }
        #expect(throws: SQLError.unterminated(SQLSource(text: "/* a", line: 1, column: 1))) { try SQLLexer.tokens("/* a") }
        #expect(throws: SQLError.backquoted(SQLSource(text: "`", line: 1, column: 1))) { try SQLLexer.tokens("`a`") }
        let number = SQLSource(text: "9223372036854775808", line: 1, column: 1)
        #expect(throws: SQLError.numberTooLarge(number)) { try SQLLexer.tokens(number.text) }
        #expect(thrownCase { try SQLLexer.tokens("1e999") } == "numberTooLarge")
    }
}
