public import Indices
public import JSON
public import Query

/// The answer to a `_rank_eval`: the mean score of the searches, and each one's.
public struct RankEvaluationResponse: Sendable {
    private var scores: [Double] = []
    private var details: JSONMembers = [:]
    private var failures: JSONMembers = [:]

    public init() {}

    /// Measures what was found for one search.
    public mutating func add(_ response: SearchResponse, for item: RankEvaluationRequest.Item, by metric: RankingMetric) {
        let keys = response.hits.map { RankEvaluationRequest.DocumentKey(index: $0.index, id: $0.id) }
        let ranking = keys.map { item.ratings[$0] }
        let evaluation = metric.evaluate(ranking, ratings: Array(item.ratings.values))
        scores.append(evaluation.score)
        let unrated = zip(keys, ranking).filter { $0.1 == nil }.map { key, _ -> JSONValue in
            ["_index": .string(key.index), "_id": .string(key.id)]
        }
        let hits = zip(response.hits, ranking).map { hit, rating -> JSONValue in
            ["hit": hit.json(SearchFormat()), "rating": rating.map { .int($0) } ?? .null]
        }
        details[item.id] = [
            "metric_score": .double(evaluation.score), "unrated_docs": .array(unrated), "hits": .array(hits),
            "metric_details": evaluation.details.json,
        ]
    }

    /// A search that failed: it stands in `failures`, and does not count in the mean.
    public mutating func add(_ error: ElasticsearchError, for item: RankEvaluationRequest.Item) {
        failures[item.id] = ["error": error.nestedJSON]
    }

    public var json: JSONValue {
        // The mean is of the searches that could be made.
        let mean = scores.isEmpty ? 0 : scores.reduce(0, +) / Double(scores.count)
        return ["metric_score": .double(mean), "details": .object(details), "failures": .object(failures)]
    }
}

extension RankingMetric.Evaluation.Details {
    fileprivate var json: JSONValue {
        switch self {
        case .precision(let relevant, let retrieved):
            ["precision": ["relevant_docs_retrieved": .int(relevant), "docs_retrieved": .int(retrieved)]]
        case .recall(let relevant, let all): ["recall": ["relevant_docs_retrieved": .int(relevant), "relevant_docs": .int(all)]]
        case .reciprocalRank(let first): ["mean_reciprocal_rank": ["first_relevant": .int(first ?? -1)]]
        case .discountedGain(let gain, nil, let unrated): ["dcg": ["dcg": .double(gain), "unrated_docs": .int(unrated)]]
        case .discountedGain(let gain, let ideal?, let unrated):
            [
                "dcg": [
                    "dcg": .double(gain), "ideal_dcg": .double(ideal), "normalized_dcg": .double(ideal > 0 ? gain / ideal : 0),
                    "unrated_docs": .int(unrated),
                ]
            ]
        case .expectedReciprocalRank(let unrated): ["expected_reciprocal_rank": ["unrated_docs": .int(unrated)]]
        }
    }
}
