internal import JSON

/// Brings the shards' results together, orders and cuts what is answered, and runs the pipelines over it.
///
/// - Complexity: O(buckets · log buckets).
public struct AggregationReduction: Sendable {
    /// Elasticsearch's `search.max_buckets`.
    public static let maximumBuckets = 65_536

    private let budget: BucketBudget

    /// - Parameter maximumBuckets: of all that is answered.
    public init(maximumBuckets: Int = Self.maximumBuckets) { budget = BucketBudget(maximum: maximumBuckets) }

    /// - Parameter shards: by shard, the results of the plans in their order.
    public func reduce(
        _ plans: [AggregationPlan], _ shards: [[AggregationResult]]
    ) throws(AggregationFault) -> [AggregationResult] {
        let merged = try merge(plans, shards)
        guard merged.reduce(0, { $0 + $1.bucketCount }) <= budget.maximum else { throw .tooManyBuckets(limit: budget.maximum) }
        let scripted: [AggregationResult]
        do {
            scripted = try merged.reducingScripts(plans)
        } catch {
            throw .script(error)
        }
        return try AggregationPipelines().run(plans, scripted)
    }

    /// Without the pipelines.
    func merge(_ plans: [AggregationPlan], _ shards: [[AggregationResult]]) throws(AggregationFault) -> [AggregationResult] {
        var merged: [AggregationResult] = []
        for (index, plan) in plans.enumerated() {
            let result = try merge(plan, shards.compactMap { index < $0.count ? $0[index] : nil })
            try budget.spend(result)
            merged.append(result)
        }
        return merged
    }

    private func merge(_ plan: AggregationPlan, _ parts: [AggregationResult]) throws(AggregationFault) -> AggregationResult {
        switch plan.kind {
        case .metric, .rate:
            var summary = MetricSummary()
            for case .metric(let part) in parts { summary.merge(part) }
            return .metric(summary)
        case .cardinality:
            var count = DistinctCount()
            for case .distinct(let part) in parts { count.merge(part) }
            return .distinct(count)
        case .topHits(let hits):
            var documents: [ScoredDocument] = [], total = 0
            for case .topHits(let found, let count) in parts {
                documents += found
                total += count
            }
            documents.sort { hits.order.precedes($0, $1) }
            return .topHits(Array(documents.dropFirst(hits.from).prefix(hits.size)), total: total)
        case .topMetrics(let top):
            var found: [TopMetric] = []
            for case .topMetrics(let part) in parts { found += part }
            found.sort { top.order.precedes($0.document, $1.document) }
            return .topMetrics(Array(found.prefix(top.size)))
        case .quantiles(_, let quantiles):
            var merged = Quantiles(quantiles.method)
            for case .quantiles(let part) in parts { merged.merge(part) }
            return .quantiles(merged)
        case .weightedAverage:
            var sum = WeightedSum()
            for case .weighted(let part) in parts { sum.merge(part) }
            return .weighted(sum)
        case .tTest:
            var summary = TTestSummary()
            for case .tTest(let part) in parts { summary.merge(part) }
            return .tTest(summary)
        case .geoMetric:
            var summary = GeoSummary()
            for case .geo(let part) in parts { summary.merge(part) }
            return .geo(summary)
        case .stringStatistics:
            var summary = StringSummary()
            for case .strings(let part) in parts { summary.merge(part) }
            return .strings(summary)
        case .scriptedMetric:
            var states: [JSONValue] = []
            for case .scripted(let part) in parts { states += part }
            return .scripted(states)
        case .matrixStatistics(let matrix):
            var summary = MatrixSummary(variables: matrix.sources.count)
            for case .matrix(let part) in parts { summary.merge(part) }
            return .matrix(summary)
        case .pipeline: return .absent
        case .ranges(_, let ranges, _, _): return .slots(try slots(plan, parts, count: ranges.count))
        case .geoDistance(_, let distance): return .slots(try slots(plan, parts, count: distance.ranges.count))
        case .addressRanges(let addresses): return .slots(try slots(plan, parts, count: addresses.ranges.count))
        case .filters(let filters):
            return .slots(try slots(plan, parts, count: filters.filters.count + (filters.otherName == nil ? 0 : 1)))
        case .sampler(.random(let probability, _, _)) where probability < 1:
            var sampled = try slots(plan, parts, count: 1)
            for index in sampled.indices { sampled[index].results = sampled[index].results.map { $0.scaled(by: 1 / probability) } }
            return .slots(sampled)
        case .filter, .missing, .global, .sampler, .nested, .reverseNested, .join: return .slots(try slots(plan, parts, count: 1))
        case .terms, .composite, .histogram, .significantTerms, .rareTerms, .multiTerms, .autoDateHistogram,
            .variableWidthHistogram, .adjacencyMatrix, .geoGrid, .addressPrefix:
            return .buckets(try buckets(plan, parts.compactMap { if case .buckets(let part) = $0 { part } else { nil } }))
        }
    }

    /// Before so many buckets are made.
    func check(_ count: Int) throws(AggregationFault) { try budget.check(count) }

    private func slots(
        _ plan: AggregationPlan, _ parts: [AggregationResult], count: Int
    ) throws(AggregationFault) -> [AggregationResult.Slot] {
        var slots: [AggregationResult.Slot] = []
        for index in 0..<count {
            var documents = 0
            var results: [[AggregationResult]] = []
            for case .slots(let part) in parts where index < part.count {
                documents += part[index].count
                results.append(part[index].results)
            }
            slots.append(.init(count: documents, results: try merge(plan.subplans, results), index: index))
        }
        return slots
    }
}
