/// The shards' buckets by key, not yet reduced below.
struct MergedBuckets {
    struct Part {
        var count = 0
        var background = 0
        /// The errors of the shards that had it.
        var errorSeen = 0
        var results: [[AggregationResult]] = []
    }

    var parts: [[BucketKey?]: Part] = [:]
    var others = 0
    var error = 0
    var foreground = 0
    var background = 0

    /// - Throws: `AggregationFault.mixedTypes`.
    init(_ shards: [AggregationResult.Buckets], _ plan: AggregationPlan) throws(AggregationFault) {
        // Whole numbers of one index and decimals of another are decimals.
        let kinds = Set(shards.lazy.flatMap(\.buckets).compactMap { $0.keys.count == 1 ? $0.keys[0].map(\.kind) : nil })
        if kinds.contains(.string), kinds.count > 1 { throw .mixedTypes(aggregation: plan.name) }
        let isMixed = kinds.count > 1
        for shard in shards {
            others += shard.others
            error += shard.error
            foreground += shard.foreground
            background += shard.background
            for bucket in shard.buckets {
                let keys = isMixed ? bucket.keys.map { $0.map { .double($0.number) } } : bucket.keys
                parts[keys, default: Part()].add(bucket, shard.error)
            }
        }
    }
}

extension MergedBuckets.Part {
    fileprivate mutating func add(_ bucket: AggregationResult.Bucket, _ error: Int) {
        count += bucket.count
        background += bucket.background
        errorSeen += error
        results.append(bucket.results)
    }
}

extension BucketKey {
    enum Kind: Hashable {
        case long, double, string
    }

    var kind: Kind {
        switch self {
        case .long: .long
        case .double: .double
        case .string: .string
        }
    }
}
