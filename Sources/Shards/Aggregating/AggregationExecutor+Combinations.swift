internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query

/// Buckets of several fields' values.
extension AggregationExecutor {
    /// Documents whose values are held at a time.
    private static let chunk = 16_384

    func composite(
        _ composite: CompositePlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        var buckets: [[BucketKey?]: Members] = [:]
        let keepsMembers = !plan.subplans.isEmpty
        let sources = composite.sources.map { source in
            KeySource(values: source.values, rounding: source.rounding, hasMissingBucket: source.hasMissingBucket, missing: nil)
        }
        try eachTuple(of: sources, in: documents, pruned: {
            // What stands behind as many others now, will in the end.
            guard buckets.count > max(4 * composite.size, 4096) else { return }
            for keys in buckets.keys.sorted(by: composite.precedes).dropFirst(composite.size) { buckets[keys] = nil }
        }) { ordinal, tuple in
            if let after = composite.after, !composite.precedes(after, tuple) { return }
            buckets[tuple, default: Members()].add(ordinal, counts: self.counts.of(ordinal), keeps: keepsMembers)
        }
        var results: [AggregationResult.Bucket] = []
        for keys in buckets.keys.sorted(by: composite.precedes).prefix(composite.size) {
            guard let bucket = buckets[keys] else { continue }
            results.append(try self.bucket(keys, bucket, plan))
        }
        return .init(results)
    }

    func multiTerms(
        _ terms: MultiTermsPlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        var counts: [[BucketKey?]: Members] = [:]
        let keepsMembers = !plan.subplans.isEmpty
        let sources = terms.terms.map { KeySource(values: $0.values, rounding: .none, hasMissingBucket: false, missing: $0.missing) }
        try eachTuple(of: sources, in: documents, pruned: {}) { ordinal, tuple in
            counts[tuple, default: Members()].add(ordinal, counts: self.counts.of(ordinal), keeps: keepsMembers)
        }
        let all = counts.map { AggregationResult.Bucket(keys: $0.key, count: $0.value.count) }
        return try chosen(all, Frequent(order: terms.order, shardSize: terms.shardSize), plan) { (buckets) throws(ShardError) in
            var filled: [AggregationResult.Bucket] = []
            for bucket in buckets { filled.append(try self.bucket(bucket.keys, counts[bucket.keys] ?? Members(), plan)) }
            return filled
        }
    }

    private struct Members {
        var count = 0
        var ordinals: [UInt32] = []

        mutating func add(_ ordinal: UInt32, counts: Int, keeps: Bool) {
            count += counts
            if keeps { ordinals.append(ordinal) }
        }
    }

    private func bucket(_ keys: [BucketKey?], _ members: Members, _ plan: AggregationPlan) throws(ShardError) -> AggregationResult.Bucket {
        .init(
            keys: keys, count: members.count,
            results: plan.subplans.isEmpty ? [] : try run(plan.subplans, over: OrdinalSet(members.ordinals)))
    }

    private struct KeySource {
        var values: ValuesSource
        var rounding: CompositePlan.Source.Rounding
        var hasMissingBucket: Bool
        var missing: BucketKey?
    }

    /// - Parameter pruned: called between parts of the documents.
    private func eachTuple(
        of sources: [KeySource], in documents: OrdinalSet, pruned: () -> Void, _ body: (UInt32, [BucketKey?]) -> Void
    ) throws(ShardError) {
        var part = OrdinalSet()
        func run() throws(ShardError) {
            let columns = sources.map { keys(of: $0, part) }
            for ordinal in part {
                for tuple in try tuples(sources, columns, ordinal) { body(ordinal, tuple) }
            }
            part = OrdinalSet()
            pruned()
        }
        for ordinal in documents {
            part.insert(ordinal)
            if part.count == Self.chunk { try run() }
        }
        if !part.isEmpty { try run() }
    }

    /// - Throws: `ShardError.tooManyBuckets` where one document alone has more.
    private func tuples(
        _ sources: [KeySource], _ columns: [[UInt32: [BucketKey]]], _ ordinal: UInt32
    ) throws(ShardError) -> [[BucketKey?]] {
        var tuples: [[BucketKey?]] = [[]]
        for (source, column) in zip(sources, columns) {
            let keys = column[ordinal] ?? [source.missing].compactMap(\.self)
            if keys.isEmpty {
                guard source.hasMissingBucket else { return [] }
                tuples = tuples.map { $0 + [nil] }
            } else {
                try check(tuples.count * keys.count)
                tuples = tuples.flatMap { tuple in keys.map { tuple + [$0] } }
            }
        }
        return tuples
    }

    private func keys(of source: KeySource, _ documents: OrdinalSet) -> [UInt32: [BucketKey]] {
        var keys: [UInt32: [BucketKey]] = [:]
        values.eachKey(of: source.values, in: documents) { ordinal, key in
            let rounded: BucketKey =
                switch source.rounding {
                case .none: key
                case .interval(let interval): .double(HistogramPlan.Rounding.interval(interval, offset: 0).start(of: key.number))
                case .date(let rounding):
                    if case .long(let moment) = key { .long(rounding.start(of: moment)) } else { key }
                }
            if keys[ordinal]?.last != rounded { keys[ordinal, default: []].append(rounded) }
        }
        return keys
    }
}
