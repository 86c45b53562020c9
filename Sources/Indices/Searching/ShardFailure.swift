/// A shard that could not answer a search, and why.
public struct ShardFailure: Error, Sendable {
    public var index: String
    public var shard: Int
    public var nodeID: String
    public var error: any Error

    public init(index: String, shard: Int, nodeID: String, error: any Error) {
        self.index = index
        self.shard = shard
        self.nodeID = nodeID
        self.error = error
    }
}

/// Some of a search's shards failed; the others may answer without them.
struct ShardFailures: Error {
    var failures: [ShardFailure]
}
