import TestSupport
import Testing

@testable import Query

@Suite struct LuceneSyntaxTests {
    private func parse(_ text: String, needsAll: Bool = false) throws -> QuerySyntax {
        try LuceneSyntax.parse(text, needsAll: needsAll)
    }

    private func word(_ text: String, _ field: String? = nil) -> QuerySyntax { .text(field: field, text) }

    private func must(_ syntax: QuerySyntax) -> QuerySyntax.Clause { .init(occurrence: .must, syntax: syntax) }
    private func should(_ syntax: QuerySyntax) -> QuerySyntax.Clause { .init(occurrence: .should, syntax: syntax) }
    private func mustNot(_ syntax: QuerySyntax) -> QuerySyntax.Clause { .init(occurrence: .mustNot, syntax: syntax) }

    @Test func terms() throws {
        #expect(try parse("red") == word("red"))
        #expect(try parse("red car") == word("red car"))
        #expect(try parse("title:red") == word("red", "title"))
        #expect(try parse("title:red car") == word("red car", "title"))
        #expect(try parse(#"a\:b\ c"#) == word("a:b c"))
        #expect(try parse("red^2") == .boosted(word("red"), by: 2))
        #expect(try parse("red car^2.5") == .all([should(word("red")), should(.boosted(word("car"), by: 2.5))]))
        #expect(try parse("") == .all([]))
        #expect(try parse("  ") == .all([]))
        #expect(try parse("赤い 車") == word("赤い 車"))
    }

    @Test func operators() throws {
        #expect(try parse("a AND b") == .all([must(word("a")), must(word("b"))]))
        #expect(try parse("a && b") == .all([must(word("a")), must(word("b"))]))
        #expect(try parse("a OR b") == .all([should(word("a")), should(word("b"))]))
        #expect(try parse("a OR b", needsAll: true) == .all([should(word("a")), should(word("b"))]))
        #expect(try parse("+a -b") == .all([must(word("a")), mustNot(word("b"))]))
        #expect(try parse("NOT b") == .all([mustNot(word("b"))]))
        #expect(try parse("a AND NOT b") == .all([must(word("a")), mustNot(word("b"))]))
        #expect(try parse("a AND b OR c") == .all([must(word("a")), must(word("b")), should(word("c"))]))
        #expect(try parse("(a OR b) AND c") == .all([must(.all([should(word("a")), should(word("b"))])), must(word("c"))]))
        #expect(try parse("title:(a b)^3") == .boosted(word("a b", "title"), by: 3))
        #expect(try parse("android ORacle") == word("android ORacle"))
    }

    @Test func otherForms() throws {
        #expect(try parse(#""new york"~2"#) == .phrase(field: nil, "new york", slop: 2))
        #expect(try parse(#"t:"a \"b\"""#) == .phrase(field: "t", #"a "b""#, slop: nil))
        #expect(try parse("ca*") == .prefix(field: nil, "ca"))
        #expect(try parse("c?t*") == .wildcard(field: nil, "c?t*"))
        #expect(try parse("*") == .matchAll)
        #expect(try parse("*:*") == .matchAll)
        #expect(try parse("f:*") == .exists(field: "f"))
        #expect(try parse("cot~") == .fuzzy(field: nil, "cot", nil))
        #expect(try parse("cot~1") == .fuzzy(field: nil, "cot", .edits(1)))
        #expect(try parse("coat~0.5") == .fuzzy(field: nil, "coat", .edits(2)))
        #expect(try parse(#"f:/a\/b\d+/"#) == .regexp(field: "f", #"a/b\d+"#))
        #expect(
            try parse("n:[1 TO 5}")
                == .range(field: "n", lower: .init(text: "1", isInclusive: true), upper: .init(text: "5", isInclusive: false)))
        #expect(try parse("n:{* TO \"a b\"]") == .range(field: "n", lower: nil, upper: .init(text: "a b", isInclusive: true)))
        #expect(try parse("n:>=10") == .range(field: "n", lower: .init(text: "10", isInclusive: true), upper: nil))
        #expect(try parse("n:<10") == .range(field: "n", lower: nil, upper: .init(text: "10", isInclusive: false)))
    }

    @Test(arguments: ["(a", "a)", "\"a", "/a", "f:", "a AND", "[1 TO 2", "[1 2]", "a^", "~", "+", "AND", ":a", "a~x^", "\\"])
    func malformed(text: String) {
        // A lone operator or an end without a beginning may be read as words, or refused, but never trapped on.
        _ = try? parse(text)
        if ["(a", "a)", "\"a", "/a", "f:", "a AND", "[1 TO 2", "[1 2]", "a^", "~", "\\"].contains(text) {
            #expect(throws: QuerySyntaxError.self) { try parse(text) }
        }
    }

    @Test func depthAndClausesAreBounded() {
        let deep = String(repeating: "(", count: 10_000) + "a" + String(repeating: ")", count: 10_000)
        #expect(throws: QuerySyntaxError.self) { try parse(deep) }
        let many = (0..<5000).map { "a\($0)^2" }.joined(separator: " ")
        #expect(throws: QuerySyntaxError.self) { try parse(many) }
    }

    @Test func anyTextEnds() {
        var random = SeededGenerator(seed: 7)
        let letters = Array("ab :\"*?~^()[]{}+-!/\\<>=&|ANDORTO12")
        for _ in 0..<20_000 {
            let text = String((0..<Int.random(in: 0...24, using: &random)).map { _ in letters[Int.random(in: letters.indices, using: &random)] })
            _ = try? parse(text)
            _ = SimpleSyntax.parse(text, needsAll: true)
        }
    }
}
