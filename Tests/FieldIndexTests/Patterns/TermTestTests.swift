import Testing

@testable import FieldIndex

@Suite struct TermTestTests {
    @Test func patterns() throws {
        var prefix = TermPattern.prefix("br").test
        #expect(prefix.accepts("brown") && !prefix.accepts("fox"))
        var wildcard = TermPattern.wildcard("b?d*").test
        #expect(wildcard.accepts("body") && !wildcard.accepts("bd"))
        var regexp = try TermPattern.regexp("a[bc]+").test
        #expect(regexp.accepts("abc") && !regexp.accepts("a"))
        #expect(try [TermPattern.prefix("a"), .wildcard("a?"), .regexp("a.")].map(\.notation) == ["a*", "a?", "/a./"])
    }

    @Test func nearWords() {
        let query = FuzzyQuery(field: "t", term: "whale", edits: 1, prefixLength: 1)
        #expect(query.accepts("whale") && query.accepts("whle") && query.accepts("wahle"))
        #expect(!query.accepts("shale") && !query.accepts("wle"))
    }
}
