public import Indices
public import JSON

/// The answer to a `_count`.
public struct CountResponse: Sendable {
    public var count: Int
    public var shards: ShardCounts
    public var failures: [ShardFailure]

    public init(count: Int, shards: ShardCounts, failures: [ShardFailure] = []) {
        self.count = count
        self.shards = shards
        self.failures = failures
    }

    public var json: JSONValue {
        ["count": .int(count), "_shards": shards.json(withSkipped: true, failures: failures)]
    }
}
