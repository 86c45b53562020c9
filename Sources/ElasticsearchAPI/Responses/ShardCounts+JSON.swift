public import Indices
public import JSON

extension ShardCounts {
    /// The `_shards` member of an answer.
    ///
    /// - Parameter withSkipped: searches also count the shards that could not match.
    public func json(withSkipped: Bool = false) -> JSONValue {
        var counts: JSONMembers = ["total": .int(total), "successful": .int(total)]
        if withSkipped { counts["skipped"] = 0 }
        counts["failed"] = 0
        return .object(counts)
    }

    /// An answer that holds nothing else, as of `_refresh`, `_flush` and `_forcemerge`.
    public var response: JSONValue { ["_shards": json()] }
}
