public import Scripts

/// Why the shards' results cannot be brought together.
public enum AggregationFault: Error, Equatable, Sendable {
    /// More buckets than a search may have.
    case tooManyBuckets(limit: Int)
    /// By whoever asked.
    case cancelled
    /// A field that is of texts in one index and of numbers in another.
    case mixedTypes(aggregation: String)
    /// A pipeline's path that leads to no number; Elasticsearch's reason.
    case invalidPath(String)
    /// A pipeline's script that failed.
    case script(ScriptError)
}
