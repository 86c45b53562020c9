public import Query

/// What a search's aggregations found, with the hits that some of them show.
public struct AggregationAnswer: Sendable {
    /// A document that a `top_hits` aggregation chose.
    public struct HitKey: Hashable, Sendable {
        /// Its name.
        public var aggregation: String
        public var document: ScoredDocument

        public init(aggregation: String, document: ScoredDocument) {
            self.aggregation = aggregation
            self.document = document
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
            return .slots(slots.map { Slot(count: $0.count, results: $0.results.map { $0.numbered(shard) }) })
        case .topHits(let documents, let total):
            return .topHits(
                documents.map { ScoredDocument(shard: shard, ordinal: $0.ordinal, score: $0.score) }, total: total)
        case .metric, .distinct, .scripted: return self
        }
    }

    /// Calls `body` with each `top_hits` in the tree.
    func eachTopHits(
        _ plan: AggregationPlan, _ body: (AggregationPlan, TopHitsAggregation, [ScoredDocument]) throws -> Void
    ) rethrows {
        switch (self, plan.kind) {
        case (.topHits(let documents, _), .topHits(let hits)): try body(plan, hits, documents)
        case (.buckets(let buckets), _):
            for bucket in buckets.buckets {
                for (result, subplan) in zip(bucket.results, plan.subplans) { try result.eachTopHits(subplan, body) }
            }
        case (.slots(let slots), _):
            for slot in slots {
                for (result, subplan) in zip(slot.results, plan.subplans) { try result.eachTopHits(subplan, body) }
            }
        case (.metric, _), (.distinct, _), (.topHits, _), (.scripted, _): break
        }
    }
}
