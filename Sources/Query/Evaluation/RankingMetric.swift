internal import Glibc

/// How good a ranking is, told by ratings of its documents.
public enum RankingMetric: Equatable, Sendable {
    /// The share of relevant documents among the first `k`.
    ///
    /// - Parameter ignoresUnrated: whether documents without a rating do not count; otherwise they are irrelevant.
    case precision(k: Int, threshold: Int, ignoresUnrated: Bool)
    /// The share of the relevant documents that are among the first `k`.
    case recall(k: Int, threshold: Int)
    /// One over the rank of the first relevant document.
    case reciprocalRank(k: Int, threshold: Int)
    /// Discounted cumulative gain, divided by the best possible one if it is normalized.
    case discountedGain(k: Int, isNormalized: Bool)
    /// The expectation of one over the rank at which a reader is satisfied.
    ///
    /// Source: Chapelle et al., "Expected reciprocal rank for graded relevance", CIKM 2009.
    case expectedReciprocalRank(k: Int, maximumRelevance: Int, unratedRelevance: Int?)

    /// A ranking's score, and the figures that it comes from.
    public struct Evaluation: Equatable, Sendable {
        /// The figures that `metric_details` shows, a case for each metric.
        public enum Details: Equatable, Sendable {
            case precision(relevant: Int, retrieved: Int)
            case recall(relevant: Int, all: Int)
            /// Nil: none is relevant.
            case reciprocalRank(firstRelevant: Int?)
            case discountedGain(gain: Double, ideal: Double?, unrated: Int)
            case expectedReciprocalRank(unrated: Int)
        }

        public var score: Double
        public var details: Details
    }

    /// How many documents of the ranking take part.
    public var k: Int {
        switch self {
        case .precision(let k, _, _), .recall(let k, _), .reciprocalRank(let k, _), .discountedGain(let k, _),
            .expectedReciprocalRank(let k, _, _):
            k
        }
    }

    /// - Parameters:
    ///   - ranking: the ratings of the documents found, best document first; nil: without one.
    ///   - ratings: of all documents that are rated.
    /// - Complexity: O(n log n) in the ratings.
    public func evaluate(_ ranking: [Int?], ratings: [Int]) -> Evaluation {
        let ranking = ranking.prefix(k)
        switch self {
        case .precision(_, let threshold, let ignoresUnrated):
            let relevant = Self.relevant(ranking, threshold)
            let retrieved = ignoresUnrated ? ranking.count { $0 != nil } : ranking.count
            return Evaluation(
                score: Self.ratio(relevant, retrieved), details: .precision(relevant: relevant, retrieved: retrieved))
        case .recall(_, let threshold):
            let relevant = Self.relevant(ranking, threshold)
            let all = ratings.count { $0 >= threshold }
            return Evaluation(score: Self.ratio(relevant, all), details: .recall(relevant: relevant, all: all))
        case .reciprocalRank(_, let threshold):
            let first = ranking.firstIndex { $0.map { $0 >= threshold } ?? false }.map { $0 + 1 }
            return Evaluation(score: first.map { 1 / Double($0) } ?? 0, details: .reciprocalRank(firstRelevant: first))
        case .discountedGain(_, let isNormalized):
            let gain = Self.gain(ranking.map { $0 ?? 0 })
            let ideal = isNormalized ? Self.gain(ratings.sorted(by: >).prefix(ranking.count)) : nil
            let score = ideal.map { $0 > 0 ? gain / $0 : 0 } ?? gain
            return Evaluation(
                score: score, details: .discountedGain(gain: gain, ideal: ideal, unrated: ranking.count { $0 == nil }))
        case .expectedReciprocalRank(_, let maximum, let unrated):
            return Evaluation(
                score: Self.expectedReciprocalRank(ranking.map { $0 ?? unrated }, maximum),
                details: .expectedReciprocalRank(unrated: ranking.count { $0 == nil }))
        }
    }

    private static func relevant(_ ranking: ArraySlice<Int?>, _ threshold: Int) -> Int {
        ranking.count { $0.map { $0 >= threshold } ?? false }
    }

    private static func ratio(_ part: Int, _ whole: Int) -> Double {
        whole == 0 ? 0 : Double(part) / Double(whole)
    }

    private static func gain(_ ratings: some Sequence<Int>) -> Double {
        ratings.enumerated().reduce(0) { sum, entry in
            sum + (Glibc.pow(2, Double(entry.element)) - 1) / log2(Double(entry.offset) + 2)
        }
    }

    private static func expectedReciprocalRank(_ ratings: [Int?], _ maximum: Int) -> Double {
        var unsatisfied = 1.0
        var score = 0.0
        for (index, rating) in ratings.enumerated() {
            // What is not rated takes its rank, and satisfies nobody.
            guard let rating else { continue }
            let satisfied = (Glibc.pow(2, Double(rating)) - 1) / Glibc.pow(2, Double(maximum))
            score += unsatisfied * satisfied / Double(index + 1)
            unsatisfied *= 1 - satisfied
        }
        return score
    }
}
