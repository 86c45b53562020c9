internal import JSON

extension AggregationResult {
    /// Bytes of memory, about.
    ///
    /// - Complexity: O(buckets).
    public var approximateBytes: Int {
        switch self {
        case .buckets(let buckets):
            buckets.buckets.reduce(256) { sum, bucket in
                let keys = bucket.keys.reduce(0) { if case .string(let text)? = $1 { $0 + 64 + text.utf8.count } else { $0 + 32 } }
                return bucket.results.reduce(sum + 192 + keys) { $0 + $1.approximateBytes }
            }
        case .slots(let slots): slots.reduce(64) { $1.results.reduce($0 + 64) { $0 + $1.approximateBytes } }
        case .scripted(let values): values.reduce(64) { $0 + $1.approximateBytes }
        case .topHits(let documents, _): 64 + 96 * documents.count
        case .topMetrics(let found): 64 + 256 * found.count
        // What is many numbers becomes a sketch of a fixed size.
        case .distinct(let count): 64 + 16 * min(count.value, 16_384)
        case .quantiles: 4096
        case .strings, .matrix: 1024
        case .metric, .weighted, .tTest, .geo, .value, .absent: 192
        }
    }
}
