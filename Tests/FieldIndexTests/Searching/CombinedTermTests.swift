import Glibc
import Ordinals
import Testing

@testable import FieldIndex

@Suite struct CombinedTermTests {
    /// By hand: "a" twice in a title that counts double and once in a body: f = 2 · 1 + 1 = 3; the length 2 · 1 + 3 = 5; lengths of all
    /// 2 · 2 + 5 = 9 over two documents; n = 1 of N = 2.
    @Test func scoresAreTheFormulas() throws {
        var builder = SegmentBuilder()
        for (ordinal, (title, body)) in [(["a"], ["a", "b", "c"]), (["d"], ["e", "f"])].enumerated() {
            builder.addDocument(UInt32(ordinal))
            for (position, token) in title.enumerated() { builder.add(token: token, position: position, to: "title") }
            for (position, token) in body.enumerated() { builder.add(token: token, position: position, to: "body") }
        }
        let segment = builder.finish()
        let view = FieldIndexView([try #require(segment)])
        let term = CombinedTerm(fields: [.init("title", weight: 2), .init("body")], terms: ["a"])
        let found = view.score(term, among: [0, 1])
        #expect(found.ordinals == [0])
        let rarity = Float(log(1 + 1.5 / 1.5)), norm = 1.2 * (0.25 + 0.75 * 5 / Float(4.5))
        #expect(abs(found.scores[0] - 2.2 * rarity * 3 / (3 + norm)) < 1e-5)
        #expect(view.score(CombinedTerm(fields: [.init("title")], terms: ["x"]), among: [0]).ordinals.isEmpty)
    }
}
