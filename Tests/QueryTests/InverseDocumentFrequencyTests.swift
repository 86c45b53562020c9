import Query
import Testing

struct InverseDocumentFrequencyTests {
    @Test(
        arguments: [(1, 1, 0.2876821), (2, 1, 0.6931472), (3, 3, 0.13353139), (100, 1, 4.2096553)]
            as [(Int, Int, Float)])
    func rareTermsScoreMore(documents: Int, matching: Int, expected: Float) {
        #expect(abs(InverseDocumentFrequency.score(documents: documents, matching: matching) - expected) < 1e-6)
    }
}
