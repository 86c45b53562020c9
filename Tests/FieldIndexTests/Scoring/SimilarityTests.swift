import Ordinals
import Testing

@testable import FieldIndex

@Suite struct SimilarityTests {
    /// Three documents of 1, 2 and 3 tokens; "a" once in the first and twice in the last.
    private func view() throws -> FieldIndexView {
        var builder = SegmentBuilder()
        for (ordinal, text) in [["a"], ["b", "c"], ["a", "b", "a"]].enumerated() {
            builder.addDocument(UInt32(ordinal))
            for (position, token) in text.enumerated() { builder.add(token: token, position: position, to: "t") }
        }
        let segment = builder.finish()
        return FieldIndexView([try #require(segment)])
    }

    /// By hand from the models' formulas: N = 3, n = 2, 3 occurrences of "a" among 6 tokens, average length 2.
    @Test(
        arguments: [
            // 3 · ln(1 + 1.5 / 2.5) · f / (f + 2 · (0.7 + 0.3 · l / 2))
            (.bm25(k1: 2, b: 0.3), [0.522226, 0.655819]),
            (.boolean, [1, 1]),
            // ln(1 + f / (2 · 4/7)) + ln(2 / (l + 2))
            (.dirichlet(mu: 2), [0.223144, 0.095310]),
            // ln(1 + 0.9 · f / l / (0.1 · 4/7))
            (.jelinekMercer(lambda: 0.1), [2.818398, 2.442347]),
            // log2(1 + measure of f against 4 · l / 7)
            (.divergenceFromIndependence(.standardized), [0.647956, 0.284772]),
            (.divergenceFromIndependence(.saturated), [0.807355, 0.222392]),
            (.divergenceFromIndependence(.chiSquared), [0.402098, 0.067114]),
            (.divergenceFromRandomness(.geometric, .laplace, .logarithmic(c: 1)), [1.147104, 1.133087]),
            (.divergenceFromRandomness(.inverseDocumentFrequency, .bernoulli, .none), [0.565060, 0.753413]),
            (.information(.logLogistic, .documentFrequency, .uniform(c: 1)), [1.299283, 1.021651]),
        ] as [(Similarity, [Float])])
    func scoresAreTheFormulas(similarity: Similarity, expected: [Float]) throws {
        let found = try view().score(ScoredTerm(field: "t", term: "a", similarity: similarity), among: [0, 1, 2])
        #expect(found.ordinals == [0, 2])
        for (score, wanted) in zip(found.scores, expected) { #expect(abs(score - wanted) < 1e-5, "\(similarity)") }
        // Few accepted documents are looked up one by one: to the same scores.
        let last = try view().score(ScoredTerm(field: "t", term: "a", similarity: similarity), among: [2])
        #expect(last.scores == [found.scores[1]])
        let sum = try view().score(
            anyOf: ["a", "b"].map { ScoredTerm(field: "t", term: $0, similarity: similarity) }, among: [2])
        #expect(sum.scores[0] >= last.scores[0])
    }

    @Test func boostsMultiply() throws {
        let similarities: [Similarity] = [.standard, .boolean, .dirichlet(mu: 2), .jelinekMercer(lambda: 0.5)]
        for similarity in similarities {
            let one = try view().score(ScoredTerm(field: "t", term: "a", similarity: similarity), among: [0])
            let three = try view().score(ScoredTerm(field: "t", term: "a", boost: 3, similarity: similarity), among: [0])
            #expect(abs(three.scores[0] - 3 * one.scores[0]) < 1e-5)
        }
    }

    /// The parameters count in phrases and near words too.
    @Test func phrasesAndNearWords() throws {
        let view = try view()
        // 3 · (0.470004 + 0.470004) · 1 / (1 + 2 · (0.7 + 0.3 · 3 / 2))
        let phrase = PhraseQuery(field: "t", slots: [.init(["a"], position: 0), .init(["b"], position: 1)], similarity: .bm25(k1: 2, b: 0.3))
        #expect(abs(view.score(phrase, among: [2]).scores[0] - 0.854552) < 1e-5)
        let near = view.expansions(of: FuzzyQuery(field: "t", term: "a", edits: 1, similarity: .boolean))
        #expect(near.allSatisfy { $0.similarity == .boolean })
    }

    @Test func occurrencesOfOneDocument() throws {
        let view = try view()
        #expect(view.occurrences(of: "a", in: "t", ordinal: 2) == Occurrences(frequency: 2, length: 3))
        #expect(view.occurrences(of: "a", in: "t", ordinal: 1) == nil)
        #expect(view.occurrences(of: PhraseQuery(field: "t", terms: ["a", "b"]), ordinal: 2) == Occurrences(frequency: 1, length: 3))
        #expect(view.totalFrequency(of: "a", in: "t") == 3)
        #expect(view.terms(of: 2, in: "t") == ["a", "b"])
    }
}
