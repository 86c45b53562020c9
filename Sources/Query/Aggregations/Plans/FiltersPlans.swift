/// `filters` bound to a mapping.
public struct FiltersPlan: Equatable, Sendable {
    /// One bucket.
    public struct Filter: Equatable, Sendable {
        public var name: String?
        public var plan: QueryPlan
    }

    public var filters: [Filter]
    public var otherName: String?
    public var isKeyed: Bool
}

/// `adjacency_matrix` bound to a mapping: a bucket for each filter, and for each two that have documents in common.
public struct AdjacencyMatrixPlan: Equatable, Sendable {
    /// A filter and what its buckets are called by; the key of two is their names with the separator between.
    public struct Filter: Equatable, Sendable {
        public var name: String
        public var plan: QueryPlan
    }

    public var filters: [Filter]
    public var separator: String
}

/// `sampler`, `diversified_sampler` or `random_sampler` bound to a mapping: which documents of a shard are looked at.
public enum SamplerPlan: Equatable, Sendable {
    case best(shardSize: Int)
    case diverse(ValuesSource, perValue: Int, shardSize: Int)
    case random(probability: Double, seed: Int, shardSeed: Int?)
}
