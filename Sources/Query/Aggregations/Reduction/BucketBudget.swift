internal import Synchronization

/// Counts the buckets that are made for a request, at one place: by a shard, or where shards' results are brought together.
///
/// What is answered may be `maximum` buckets, counted at the end. More are made on the way, since shards hand out more than the
/// first ones; and slots, which have their place whatever is found, take memory as buckets do.
public final class BucketBudget: Sendable {
    /// How many times as many may be made as are answered.
    static let factor = 4

    public let maximum: Int
    private let limit: Int
    private let made = Atomic(0)

    /// - Parameter maximum: `search.max_buckets`.
    public init(maximum: Int = AggregationReduction.maximumBuckets) {
        self.maximum = max(0, maximum)
        limit = self.maximum.multipliedReportingOverflow(by: Self.factor).overflow ? .max : self.maximum * Self.factor
    }

    /// To be called before so many are made at once.
    ///
    /// - Throws: `AggregationFault.tooManyBuckets`.
    public func check(_ count: Int) throws(AggregationFault) {
        guard count <= limit else { throw .tooManyBuckets(limit: maximum) }
    }

    /// To be called when an aggregation has its buckets, or slots.
    ///
    /// - Throws: `AggregationFault.tooManyBuckets`; `.cancelled`, where nobody waits for them any more.
    public func spend(_ result: AggregationResult) throws(AggregationFault) {
        let count =
            switch result {
            case .buckets(let buckets): buckets.buckets.count
            case .slots(let slots): slots.count
            default: 0
            }
        if count == 0 { return }
        if Task.isCancelled { throw .cancelled }
        try check(made.add(count, ordering: .relaxed).newValue)
    }
}

extension AggregationResult {
    /// Buckets, with those below others. Elasticsearch does not count slots.
    var bucketCount: Int {
        switch self {
        case .buckets(let buckets): buckets.buckets.reduce(0) { $1.results.reduce($0 + 1) { $0 + $1.bucketCount } }
        case .slots(let slots): slots.reduce(0) { $1.results.reduce($0) { $0 + $1.bucketCount } }
        default: 0
        }
    }
}
