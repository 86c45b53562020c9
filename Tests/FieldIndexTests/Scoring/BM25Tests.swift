import Glibc
import Ordinals
import Testing

@testable import FieldIndex

@Suite struct BM25Tests {
    @Test(arguments: [(3, 1), (3, 3), (1000, 17)])
    func rarityIsTheFormulas(documents: Int, matching: Int) {
        let expected = Float(log(1 + (Double(documents - matching) + 0.5) / (Double(matching) + 0.5)))
        #expect(BM25.inverseDocumentFrequency(documents: documents, matching: matching) == expected)
    }

    /// By hand: three documents of 1, 2 and 3 tokens, average 2; "a" in two of them, twice in the last.
    /// idf = ln(1 + 1.5 / 2.5) = 0.470004; first: 2.2 · idf · 1 / (1 + 1.2 · (0.25 + 0.75 · 1 / 2)) = 2.2 · idf / 1.75;
    /// last: 2.2 · idf · 2 / (2 + 1.2 · (0.25 + 0.75 · 3 / 2)) = 2.2 · idf · 2 / 3.65.
    @Test func scoresAreLucenes() throws {
        var builder = SegmentBuilder()
        for (ordinal, text) in [["a"], ["b", "c"], ["a", "b", "a"]].enumerated() {
            builder.addDocument(UInt32(ordinal))
            for (position, token) in text.enumerated() { builder.add(token: token, position: position, to: "t") }
        }
        let segment = builder.finish()
        let view = FieldIndexView([try #require(segment)])
        let found = view.score(ScoredTerm(field: "t", term: "a"), among: [0, 1, 2])
        #expect(found.ordinals == [0, 2])
        let expected: [Float] = [0.590862, 0.566580]
        for (score, wanted) in zip(found.scores, expected) { #expect(abs(score - wanted) < 1e-6) }
        let doubled = view.score(ScoredTerm(field: "t", term: "a", boost: 2), among: [0, 1, 2])
        #expect(doubled.scores == found.scores.map { $0 * 2 })
        let phrase = view.score(PhraseQuery(field: "t", terms: ["a", "b"]), among: [0, 1, 2])
        // The sum of both rarities, once, in the last document: 2.2 · 0.940007 · 1 / (1 + 1.65).
        #expect(phrase.ordinals == [2] && abs(phrase.scores[0] - 0.780384) < 1e-6)
    }

    /// Without lengths and frequencies, a keyword's score is its rarity.
    @Test func keywordsScoreTheirRarity() throws {
        var builder = SegmentBuilder()
        for ordinal in 0..<4 as Range<UInt32> {
            builder.addDocument(ordinal)
            builder.add(ordinal == 1 ? "x" : "y", to: "k")
        }
        let segment = builder.finish()
        let view = FieldIndexView([try #require(segment)])
        let score = try #require(view.score(ScoredTerm(field: "k", term: "x"), among: [1]).scores.first)
        #expect(abs(score - Float(log(1 + 3.5 / 1.5))) < 1e-6)
    }

    /// Lucene's own values of `SmallFloat.intToByte4` and back.
    @Test func lengthsAreLucenes() {
        for length in 0..<40 { #expect(LengthCode.decode(LengthCode.encode(length)) == length) }
        #expect([40, 41, 42, 100, 1000, 1_000_000].map { LengthCode.decode(LengthCode.encode($0)) } == [40, 40, 42, 96, 984, 983_064])
        var last = -1
        for code in 0...255 {
            let length = LengthCode.decode(UInt8(code))
            #expect(length > last && Int(LengthCode.encode(length)) == code)
            last = length
        }
        #expect(last == 2_013_265_944)
    }
}
