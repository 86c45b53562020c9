import Testing

@testable import Query

/// Scores beside those that are worked out by hand from the definitions.
@Suite struct RankingMetricTests {
    private let ranking: [Int?] = [0, nil, 1, 3, nil]
    private let ratings = [0, 1, 3, 2]

    @Test func precisionCountsTheRelevant() {
        let all = RankingMetric.precision(k: 5, threshold: 1, ignoresUnrated: false).evaluate(ranking, ratings: ratings)
        #expect(all.score == 0.4 && all.details == .precision(relevant: 2, retrieved: 5))
        let rated = RankingMetric.precision(k: 5, threshold: 1, ignoresUnrated: true).evaluate(ranking, ratings: ratings)
        #expect(rated.score == 2.0 / 3 && rated.details == .precision(relevant: 2, retrieved: 3))
        #expect(RankingMetric.precision(k: 2, threshold: 1, ignoresUnrated: true).evaluate(ranking, ratings: ratings).score == 0)
    }

    @Test func recallKnowsWhatIsMissing() {
        let recall = RankingMetric.recall(k: 3, threshold: 1).evaluate(ranking, ratings: ratings)
        #expect(recall.score == 1.0 / 3 && recall.details == .recall(relevant: 1, all: 3))
        #expect(RankingMetric.recall(k: 3, threshold: 4).evaluate(ranking, ratings: ratings).score == 0)
    }

    @Test func reciprocalRankIsOfTheFirst() {
        let metric = RankingMetric.reciprocalRank(k: 5, threshold: 2)
        #expect(metric.evaluate(ranking, ratings: ratings) == .init(score: 0.25, details: .reciprocalRank(firstRelevant: 4)))
        #expect(
            RankingMetric.reciprocalRank(k: 3, threshold: 2).evaluate(ranking, ratings: ratings)
                == .init(score: 0, details: .reciprocalRank(firstRelevant: nil)))
    }

    @Test func gainIsDiscounted() {
        // 1 / log2(4) + 7 / log2(5) = 0.5 + 3.01473…
        let gain = RankingMetric.discountedGain(k: 5, isNormalized: false).evaluate(ranking, ratings: ratings)
        #expect(abs(gain.score - 3.514735) < 1e-6)
        // The best order is 3, 2, 1, 0: 7 + 3 / log2(3) + 0.5.
        let normalized = RankingMetric.discountedGain(k: 5, isNormalized: true).evaluate(ranking, ratings: ratings)
        #expect(abs(normalized.score - 3.514735 / 9.392789) < 1e-6)
        #expect(RankingMetric.discountedGain(k: 5, isNormalized: true).evaluate([], ratings: []).score == 0)
    }

    @Test func expectedReciprocalRankDiscountsBySatisfaction() {
        // Satisfaction with 3 of at most 3 is 7/8, with 1 is 1/8; the unrated ones take ranks.
        let metric = RankingMetric.expectedReciprocalRank(k: 5, maximumRelevance: 3, unratedRelevance: nil)
        let found = metric.evaluate(ranking, ratings: ratings)
        #expect(abs(found.score - (0.125 / 3 + 0.875 * 0.875 / 4)) < 1e-12)
        #expect(found.details == .expectedReciprocalRank(unrated: 2))
        let rated = RankingMetric.expectedReciprocalRank(k: 5, maximumRelevance: 3, unratedRelevance: 3)
        #expect(abs(rated.evaluate([nil], ratings: []).score - 0.875) < 1e-12)
    }
}
