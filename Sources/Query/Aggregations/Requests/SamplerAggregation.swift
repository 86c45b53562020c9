/// Some of the documents.
public enum SamplerAggregation: Equatable, Sendable {
    /// Each shard's best.
    case best(shardSize: Int)
    /// Each shard's best, of which not many have the same value.
    case diverse(field: String, perValue: Int, shardSize: Int)
    /// Each with this probability. The same seed chooses the same documents again, and the same shard seed whatever shard they are on.
    case random(probability: Double, seed: Int, shardSeed: Int?)
}
