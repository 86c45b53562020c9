import Testing

@testable import Query

@Suite struct SimpleSyntaxTests {
    private func word(_ text: String) -> QuerySyntax { .text(field: nil, text) }
    private func must(_ syntax: QuerySyntax) -> QuerySyntax.Clause { .init(occurrence: .must, syntax: syntax) }
    private func should(_ syntax: QuerySyntax) -> QuerySyntax.Clause { .init(occurrence: .should, syntax: syntax) }
    private func not(_ syntax: QuerySyntax) -> QuerySyntax { .all([.init(occurrence: .mustNot, syntax: syntax)]) }

    @Test func forms() {
        let cases: [(String, Bool, QuerySyntax)] = [
            ("a", false, word("a")), ("a b", false, .all([should(word("a")), should(word("b"))])),
            ("a b", true, .all([must(word("a")), must(word("b"))])),
            ("a + b", false, .all([must(word("a")), must(word("b"))])),
            ("a | b", true, .all([should(word("a")), should(word("b"))])),
            ("a -b", true, .all([must(word("a")), must(not(word("b")))])),
            ("a + (b | c)", false, .all([must(word("a")), must(.all([should(word("b")), should(word("c"))]))])),
            ("\"a b\"~3", false, .phrase(field: nil, "a b", slop: 3)), ("fo*", false, .prefix(field: nil, "fo")),
            ("foo~1", false, .fuzzy(field: nil, "foo", .edits(1))), ("*", false, .matchAll),
            ("", false, .all([])), ("))) a", false, word("a")), ("\"a b", false, word("a b")), (#"a\*"#, false, word("a*")),
            ("wi-fi", false, word("wi-fi")),
        ]
        for (text, needsAll, expected) in cases {
            #expect(SimpleSyntax.parse(text, needsAll: needsAll) == expected, "\(text)")
        }
    }

    @Test func deepGroupsEnd() {
        _ = SimpleSyntax.parse(String(repeating: "(", count: 20_000) + "a", needsAll: false)
    }
}
