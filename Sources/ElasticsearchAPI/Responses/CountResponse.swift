public import Indices
public import JSON

/// The answer to a `_count`.
public struct CountResponse: Sendable {
    public var count: Int
    public var shards: ShardCounts
    public var failures: [ShardFailure]
    /// Nil where there was no limit.
    public var isTerminatedEarly: Bool?

    public init(count: Int, shards: ShardCounts, failures: [ShardFailure] = []) {
        self.count = count
        self.shards = shards
        self.failures = failures
    }

    public var json: JSONValue {
        var members: JSONMembers = ["count": .int(count)]
        members["terminated_early"] = isTerminatedEarly.map { .bool($0) }
        members["_shards"] = shards.json(withSkipped: true, failures: failures)
        return .object(members)
    }
}
