import Testing

@testable import Analysis
@testable import Query

@Suite struct TokenGraphTests {
    private func graph(_ tokens: [(String, Int, Int)], _ type: TokenType = .synonym) -> TokenGraph? {
        TokenGraph(tokens.map { Token($0.0, position: $0.1, positionLength: $0.2, startOffset: 0, endOffset: 1, type: type) })
    }

    @Test func waysOfDifferentLengths() throws {
        let made = try #require(
            graph([
                ("say", 0, 1), ("what", 1, 1), ("wtf", 1, 3), ("the", 2, 1), ("fudge", 3, 1), ("foo", 4, 1), ("baz", 4, 1), ("end", 6, 1),
            ]))
        #expect(
            made.segments() == [
                .words(["say"], position: 0), .ways([["what", "the", "fudge"], ["wtf"]]), .words(["foo", "baz"], position: 4),
                .words(["end"], position: 6),
            ])
        #expect(
            made.ways() == [
                ["say", "what", "the", "fudge", "foo", "end"], ["say", "what", "the", "fudge", "baz", "end"], ["say", "wtf", "foo", "end"],
                ["say", "wtf", "baz", "end"],
            ])
    }

    @Test func wordsOfOnePlaceAreNoGraph() {
        #expect(graph([("a", 0, 1), ("b", 0, 1), ("c", 1, 1)]) == nil)
        #expect(graph([("a", 0, 1), ("a b", 0, 2), ("b", 1, 1)], .shingle) == nil)
        #expect(graph([("a", 0, 1), ("a b", 0, 2), ("b", 1, 1)], .double) == nil)
    }

    @Test func tooManyWays() throws {
        let tokens = (0..<11).flatMap { [("a", $0 * 2, 2), ("b", $0 * 2, 1), ("c", $0 * 2 + 1, 1)] }
        let made = try #require(graph(tokens))
        #expect(made.segments()?.count == 11)
        #expect(made.ways() == nil)
    }
}
