/// Buckets that come from values.
extension AggregationReduction {
    typealias Bucket = AggregationResult.Bucket
    typealias Buckets = AggregationResult.Buckets

    func buckets(_ plan: AggregationPlan, _ parts: [Buckets]) throws(AggregationFault) -> Buckets {
        switch plan.kind {
        case .terms(let terms):
            let merged = try MergedBuckets(parts, plan)
            return try frequent(plan, merged, order: terms.order, size: terms.size, minimumCount: terms.minimumCount)
        case .multiTerms(let terms):
            let merged = try MergedBuckets(parts, plan)
            return try frequent(plan, merged, order: terms.order, size: terms.size, minimumCount: terms.minimumCount)
        case .composite(let composite): return try self.composite(plan, composite, try MergedBuckets(parts, plan))
        case .histogram(_, let histogram): return try self.histogram(plan, histogram, try MergedBuckets(parts, plan))
        case .significantTerms(let terms): return try significant(plan, terms, try MergedBuckets(parts, plan))
        case .rareTerms(let terms):
            var merged = try MergedBuckets(parts, plan)
            merged.parts = merged.parts.filter { $0.value.count <= terms.maximumCount }
            return .init(try reduced(plan, merged).sorted { ($0.count, $0.key) < ($1.count, $1.key) })
        case .adjacencyMatrix: return .init(try reduced(plan, try MergedBuckets(parts, plan)).sorted { $0.key < $1.key })
        case .geoGrid(_, let grid):
            let all = try reduced(plan, try MergedBuckets(parts, plan))
            return .init(Array(all.sorted { ($1.count, $1.key) < ($0.count, $0.key) }.prefix(grid.size)))
        case .addressPrefix(let addresses):
            let found = try reduced(plan, try MergedBuckets(parts, plan)).filter { $0.count >= addresses.prefix.minimumCount }
            return .init(found.sorted { $0.key < $1.key })
        case .autoDateHistogram(_, let histogram):
            return try AutoDateReduction(reduction: self, plan: plan, histogram: histogram).reduce(parts)
        case .variableWidthHistogram(_, let histogram):
            return .init(try ClusterReduction(reduction: self, plan: plan).reduce(parts.flatMap(\.buckets), to: histogram.buckets))
        default: return .init([])
        }
    }

    func reduced(_ plan: AggregationPlan, _ merged: MergedBuckets) throws(AggregationFault) -> [Bucket] {
        try check(merged.parts.count)
        var buckets: [Bucket] = []
        buckets.reserveCapacity(merged.parts.count)
        for (keys, part) in merged.parts {
            var bucket = Bucket(keys: keys, count: part.count, results: try merge(plan.subplans, part.results))
            bucket.error = merged.error - part.errorSeen
            bucket.background = part.background
            buckets.append(bucket)
        }
        return buckets
    }

    private func frequent(
        _ plan: AggregationPlan, _ merged: MergedBuckets, order: [BucketOrder], size: Int, minimumCount: Int
    ) throws(AggregationFault) -> Buckets {
        var buckets = try reduced(plan, merged).filter { $0.count >= minimumCount }
        buckets.sort(by: order, plan)
        let left = buckets.dropFirst(size).reduce(0) { $0 + $1.count }
        return .init(Array(buckets.prefix(size)), others: merged.others + left, error: merged.error)
    }

    private func composite(
        _ plan: AggregationPlan, _ composite: CompositePlan, _ merged: MergedBuckets
    ) throws(AggregationFault) -> Buckets {
        var merged = merged
        let first = merged.parts.keys.sorted { composite.precedes($0, $1) }.prefix(composite.size)
        merged.parts = Dictionary(uniqueKeysWithValues: first.compactMap { keys in merged.parts[keys].map { (keys, $0) } })
        var buckets = Buckets(try reduced(plan, merged).sorted { composite.precedes($0.keys, $1.keys) })
        buckets.lastKeys = buckets.buckets.last?.keys
        return buckets
    }

    private func significant(
        _ plan: AggregationPlan, _ terms: SignificantTermsPlan, _ merged: MergedBuckets
    ) throws(AggregationFault) -> Buckets {
        var buckets: [Bucket] = []
        for var bucket in try reduced(plan, merged) {
            bucket.score = terms.heuristic.score(
                .init(
                    subsetFrequency: Double(bucket.count), subset: Double(merged.foreground),
                    supersetFrequency: Double(bucket.background), superset: Double(merged.background)))
            if bucket.score > 0, bucket.count >= terms.minimumCount { buckets.append(bucket) }
        }
        buckets.sort { $0.score != $1.score ? $0.score > $1.score : $0.key < $1.key }
        var result = Buckets(Array(buckets.prefix(terms.size)))
        result.foreground = merged.foreground
        result.background = merged.background
        return result
    }

    private func histogram(
        _ plan: AggregationPlan, _ histogram: HistogramPlan, _ merged: MergedBuckets
    ) throws(AggregationFault) -> Buckets {
        var buckets = try reduced(plan, merged)
        buckets.sort { $0.key < $1.key }
        if histogram.minimumCount == 0 {
            buckets = try filled(buckets, plan, histogram)
        } else {
            buckets.removeAll { $0.count < histogram.minimumCount }
        }
        if histogram.order != BucketOrder(.key, isAscending: true) { buckets.sort(by: [histogram.order], plan) }
        return .init(buckets)
    }

    /// With the empty buckets between others, and up to the bounds.
    private func filled(
        _ buckets: [Bucket], _ plan: AggregationPlan, _ histogram: HistogramPlan
    ) throws(AggregationFault) -> [Bucket] {
        let lower = [buckets.first?.key.number, histogram.extendedBounds.map { histogram.rounding.start(of: $0.lowerBound) }]
            .compactMap(\.self).min()
        let upper = [buckets.last?.key.number, histogram.extendedBounds.map { histogram.rounding.start(of: $0.upperBound) }]
            .compactMap(\.self).max()
        guard let lower, let upper else { return buckets }
        let empty = try merge(plan.subplans, [])
        var filled: [Bucket] = []
        var rest = buckets[...], start = lower
        while start <= upper {
            while let next = rest.first, next.key.number <= start {
                filled.append(next)
                rest.removeFirst()
            }
            if filled.last?.key.number != start {
                filled.append(.init(keys: [histogram.rounding.key(start)], count: 0, results: empty))
            }
            try check(filled.count)
            let next = histogram.rounding.next(after: start)
            guard next > start else { break }
            // What rounding makes of many steps is a bucket's key if there is one near.
            start = rest.first.map { abs($0.key.number - next) < (next - start) * 1e-9 ? $0.key.number : next } ?? next
        }
        return filled + rest
    }
}
