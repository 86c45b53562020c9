public import Query

/// What a search's aggregations found, with the hits that some of them show.
public struct AggregationAnswer: Sendable {
    /// A document that a `top_hits` aggregation chose.
    public struct HitKey: Hashable, Sendable {
        /// Its name, and before it those it stands below.
        public var path: [String]
        public var shard: Int
        public var ordinal: UInt32

        public init(path: [String], document: ScoredDocument) {
            self.path = path
            shard = document.shard
            ordinal = document.ordinal
        }
    }

    public var plans: [AggregationPlan]
    /// Of each plan.
    public var results: [AggregationResult]
    public var hits: [HitKey: SearchResponse.Hit]
}

extension AggregationResult {
    /// The same of another shard than the first.
    func numbered(_ shard: Int) -> AggregationResult {
        switch self {
        case .buckets(var buckets):
            for index in buckets.buckets.indices {
                buckets.buckets[index].results = buckets.buckets[index].results.map { $0.numbered(shard) }
            }
            return .buckets(buckets)
        case .slots(let slots):
            return .slots(slots.map { Slot(count: $0.count, results: $0.results.map { $0.numbered(shard) }, index: $0.index) })
        case .topHits(let documents, let total):
            return .topHits(
                documents.map { ScoredDocument(shard: shard, ordinal: $0.ordinal, score: $0.score, keys: $0.keys) }, total: total)
        case .topMetrics(let found):
            return .topMetrics(
                found.map { metric in
                    var metric = metric
                    metric.document.shard = shard
                    return metric
                })
        case .metric, .distinct, .quantiles, .weighted, .tTest, .geo, .strings, .matrix, .value, .scripted, .absent: return self
        }
    }

    /// Calls `body` with each `top_hits` in the tree, and the way to it.
    func eachTopHits(
        _ plan: AggregationPlan, below path: [String] = [], _ body: ([String], TopHitsPlan, [ScoredDocument]) throws -> Void
    ) rethrows {
        let path = path + [plan.name]
        switch (self, plan.kind) {
        case (.topHits(let documents, _), .topHits(let hits)): try body(path, hits, documents)
        case (.buckets(let buckets), _):
            for bucket in buckets.buckets {
                for (result, subplan) in zip(bucket.results, plan.subplans) { try result.eachTopHits(subplan, below: path, body) }
            }
        case (.slots(let slots), _):
            for slot in slots {
                for (result, subplan) in zip(slot.results, plan.subplans) { try result.eachTopHits(subplan, below: path, body) }
            }
        default: break
        }
    }
}
