import Glibc
import Ordinals
import Testing

@testable import FieldIndex

@Suite struct SpanQueryTests {
    private func view(_ texts: [String]) throws -> FieldIndexView {
        var builder = SegmentBuilder()
        for (ordinal, text) in texts.enumerated() {
            builder.addDocument(UInt32(ordinal))
            for (position, token) in text.split(separator: " ").enumerated() { builder.add(token: String(token), position: position, to: "t") }
        }
        let segment = builder.finish()
        return FieldIndexView([try #require(segment)])
    }

    private func term(_ text: String) -> SpanQuery { .term(text) }

    private static let texts = ["a b c", "a x b", "b a", "a x x x b", "c a b a"]

    @Test(
        arguments: [
            (.near([.term("a"), .term("b")], slop: 0, isOrdered: true), [0, 4]),
            (.near([.term("a"), .term("b")], slop: 1, isOrdered: true), [0, 1, 4]),
            (.near([.term("a"), .term("b")], slop: 0, isOrdered: false), [0, 2, 4]),
            (.near([.term("a"), .term("b")], slop: nil, isOrdered: true), [0, 1, 3, 4]),
            (.any([.term("c"), .term("x")]), [0, 1, 3, 4]), (.first(.term("b"), end: 2), [0, 2]),
            (.apart(.term("a"), from: .term("b"), before: 0, after: 1), [1, 2, 3, 4]),
            (.related(.near([.term("a"), .term("b")], slop: nil, isOrdered: true), .containing, .term("x")), [1, 3]),
            (.related(.term("x"), .containedBy, .near([.term("a"), .term("b")], slop: 1, isOrdered: true)), [1]),
            (.related(.term("a"), .before, .term("c")), [0]), (.related(.term("a"), .after, .term("b")), [2, 4]),
            (.near([.matching(.prefix("a")), .term("b")], slop: 0, isOrdered: true), [0, 4]), (.nothing, []),
        ] as [(SpanQuery, [UInt32])])
    func finds(query: SpanQuery, expected: [UInt32]) throws {
        let found = try view(Self.texts).score(query, in: "t", .saturation, among: [0, 1, 2, 3, 4])
        #expect(Array(found.ordinals) == expected)
        let few = try view(Self.texts).score(query, in: "t", .saturation, among: [0, 1])
        #expect(Array(few.ordinals) == expected.filter { $0 < 2 })
    }

    /// By hand: a gap of one place counts a half, and f / (f + 1); of spans, BM25 of both terms' rarity.
    @Test func scores() throws {
        let query = SpanQuery.near([.term("a"), .term("b")], slop: 5, isOrdered: true)
        let view = try view(Self.texts)
        let intervals = view.score(query, in: "t", .saturation, among: [0, 1])
        #expect(abs(intervals.scores[0] - 0.5) < 1e-6 && abs(intervals.scores[1] - Float(1.0 / 3)) < 1e-6)
        let spans = view.score(query, in: "t", .frequency(.standard), among: [0])
        #expect(spans.scores == view.score(PhraseQuery(field: "t", terms: ["a", "b"]), among: [0]).scores)
    }
}
