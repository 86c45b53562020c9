import Query
import Testing

struct KNNPlanSharingTests {
    @Test(arguments: [
        (10, 100, 1, 10, 100), (10, 100, 4, 9, 35), (1, 1, 4, 1, 1), (10, 10, 4, 9, 10), (100, 100, 4, 41, 41),
        (10_000, 10_000, 4, 2651, 2651), (10, 15, 100, 3, 10),
    ])
    func sharesKeepWhatIsNeeded(k: Int, candidates: Int, shards: Int, shareK: Int, shareCandidates: Int) {
        let plan = KNNPlan(field: "v", vector: [1], k: k, candidates: candidates, similarity: 0.5, oversample: 2)
        var expected = plan
        expected.k = shareK
        expected.candidates = shareCandidates
        #expect(plan.share(of: shards) == expected)
    }
}
