public import Indices
public import JSON

extension ShardCounts {
    /// The `_shards` member of an answer.
    ///
    /// - Parameter withSkipped: searches also count the shards that could not match.
    public func json(withSkipped: Bool = false) -> JSONValue {
        var counts: JSONMembers = ["total": .int(total), "successful": .int(total - unavailable.count)]
        guard withSkipped else {
            // What is done to all shards counts those that are not there as neither.
            counts["failed"] = 0
            return .object(counts)
        }
        counts["skipped"] = 0
        counts["failed"] = .int(unavailable.count)
        if !unavailable.isEmpty {
            counts["failures"] = .array(
                unavailable.map {
                    [
                        "shard": .int($0.shard), "index": .string($0.index), "node": .null,
                        "reason": [
                            "type": "no_shard_available_action_exception",
                            "reason": "the shards of [\($0.index)] are not available, see the server's log",
                        ],
                    ]
                })
        }
        return .object(counts)
    }

    /// An answer that holds nothing else, as of `_refresh`, `_flush` and `_forcemerge`.
    public var response: JSONValue { ["_shards": json()] }
}
