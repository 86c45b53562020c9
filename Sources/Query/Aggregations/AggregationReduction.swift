internal import JSON

/// Brings the shards' results together, and orders and cuts what is answered.
///
/// - Complexity: O(buckets · log buckets).
public struct AggregationReduction: Sendable {
    /// Elasticsearch's `search.max_buckets`.
    public static let maximumBuckets = 65_536

    /// More buckets than a search may have.
    public struct TooManyBuckets: Error, Equatable, Sendable {
        public var limit: Int
    }

    public init() {}

    /// - Parameter shards: by shard, the results of the plans in their order.
    /// - Throws: `TooManyBuckets`.
    public func reduce(
        _ plans: [AggregationPlan], _ shards: [[AggregationResult]]
    ) throws(TooManyBuckets) -> [AggregationResult] {
        var reduced: [AggregationResult] = []
        for (index, plan) in plans.enumerated() {
            reduced.append(try reduce(plan, shards.compactMap { index < $0.count ? $0[index] : nil }))
        }
        return reduced
    }

    private func reduce(_ plan: AggregationPlan, _ parts: [AggregationResult]) throws(TooManyBuckets) -> AggregationResult {
        switch plan.kind {
        case .metric:
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
            documents.sort { ($1.score, $0.shard, $0.ordinal) < ($0.score, $1.shard, $1.ordinal) }
            return .topHits(Array(documents.dropFirst(hits.from).prefix(hits.size)), total: total)
        case .scriptedMetric:
            var states: [JSONValue] = []
            for case .scripted(let part) in parts { states += part }
            return .scripted(states)
        case .ranges(_, let ranges, _): return .slots(try slots(plan, parts, count: ranges.count))
        case .filters(let filters):
            return .slots(try slots(plan, parts, count: filters.filters.count + (filters.otherName == nil ? 0 : 1)))
        case .filter, .missing, .global, .nested, .reverseNested: return .slots(try slots(plan, parts, count: 1))
        case .terms(let terms): return .buckets(try self.terms(plan, terms, merged(plan, parts)))
        case .composite(let composite): return .buckets(try self.composite(plan, composite, merged(plan, parts)))
        case .histogram(_, let histogram): return .buckets(try self.histogram(plan, histogram, merged(plan, parts)))
        }
    }

    private func slots(
        _ plan: AggregationPlan, _ parts: [AggregationResult], count: Int
    ) throws(TooManyBuckets) -> [AggregationResult.Slot] {
        var slots: [AggregationResult.Slot] = []
        for index in 0..<count {
            var documents = 0
            var results: [[AggregationResult]] = []
            for case .slots(let part) in parts where index < part.count {
                documents += part[index].count
                results.append(part[index].results)
            }
            slots.append(.init(count: documents, results: try reduce(plan.subplans, results)))
        }
        return slots
    }

    // MARK: Buckets

    /// The shards' buckets by key, not yet reduced below.
    private struct Merged {
        var parts: [[BucketKey?]: (count: Int, results: [[AggregationResult]])] = [:]
        var others = 0
        var error = 0
    }

    private func merged(_ plan: AggregationPlan, _ parts: [AggregationResult]) -> Merged {
        var merged = Merged()
        for case .buckets(let part) in parts {
            merged.others += part.others
            merged.error += part.error
            for bucket in part.buckets {
                merged.parts[bucket.keys, default: (0, [])].count += bucket.count
                merged.parts[bucket.keys]?.results.append(bucket.results)
            }
        }
        return merged
    }

    private func reduced(_ plan: AggregationPlan, _ merged: Merged) throws(TooManyBuckets) -> [AggregationResult.Bucket] {
        guard merged.parts.count <= Self.maximumBuckets else { throw TooManyBuckets(limit: Self.maximumBuckets) }
        var buckets: [AggregationResult.Bucket] = []
        buckets.reserveCapacity(merged.parts.count)
        for (keys, part) in merged.parts {
            buckets.append(.init(keys: keys, count: part.count, results: try reduce(plan.subplans, part.results)))
        }
        return buckets
    }

    private func terms(
        _ plan: AggregationPlan, _ terms: TermsPlan, _ merged: Merged
    ) throws(TooManyBuckets) -> AggregationResult.Buckets {
        var buckets = try reduced(plan, merged).filter { $0.count >= terms.minimumCount }
        buckets.sort(by: terms.order, plan)
        let left = buckets.dropFirst(terms.size).reduce(0) { $0 + $1.count }
        return .init(Array(buckets.prefix(terms.size)), others: merged.others + left, error: merged.error)
    }

    private func composite(
        _ plan: AggregationPlan, _ composite: CompositePlan, _ merged: Merged
    ) throws(TooManyBuckets) -> AggregationResult.Buckets {
        var merged = merged
        let first = merged.parts.keys.sorted { composite.precedes($0, $1) }.prefix(composite.size)
        merged.parts = Dictionary(uniqueKeysWithValues: first.compactMap { keys in merged.parts[keys].map { (keys, $0) } })
        return .init(try reduced(plan, merged).sorted { composite.precedes($0.keys, $1.keys) })
    }

    private func histogram(
        _ plan: AggregationPlan, _ histogram: HistogramPlan, _ merged: Merged
    ) throws(TooManyBuckets) -> AggregationResult.Buckets {
        var buckets = try reduced(plan, merged)
        buckets.sort { $0.key < $1.key }
        if histogram.minimumCount == 0 { buckets = try filled(buckets, plan, histogram) }
        buckets.removeAll { $0.count < histogram.minimumCount }
        if histogram.order != BucketOrder(.key, isAscending: true) { buckets.sort(by: [histogram.order], plan) }
        return .init(buckets)
    }

    /// With the empty buckets between others, and up to the bounds.
    private func filled(
        _ buckets: [AggregationResult.Bucket], _ plan: AggregationPlan, _ histogram: HistogramPlan
    ) throws(TooManyBuckets) -> [AggregationResult.Bucket] {
        let lower = [buckets.first?.key.number, histogram.extendedBounds.map { histogram.rounding.start(of: $0.lowerBound) }]
            .compactMap(\.self).min()
        let upper = [buckets.last?.key.number, histogram.extendedBounds.map { histogram.rounding.start(of: $0.upperBound) }]
            .compactMap(\.self).max()
        guard let lower, let upper else { return buckets }
        let empty = try reduce(plan.subplans, [])
        var filled: [AggregationResult.Bucket] = []
        var rest = buckets[...], start = lower
        while start <= upper {
            while let next = rest.first, next.key.number <= start {
                filled.append(next)
                rest.removeFirst()
            }
            if filled.last?.key.number != start {
                filled.append(.init(keys: [histogram.rounding.key(start)], count: 0, results: empty))
            }
            guard filled.count <= Self.maximumBuckets else { throw TooManyBuckets(limit: Self.maximumBuckets) }
            let next = histogram.rounding.next(after: start)
            guard next > start else { break }
            // What rounding makes of many steps is a bucket's key if there is one near.
            start = rest.first.map { abs($0.key.number - next) < (next - start) * 1e-9 ? $0.key.number : next } ?? next
        }
        return filled + rest
    }
}
