public import Indices
public import JSON

/// The answers about scrolls and points in time.
public enum SearchContextResponse {
    /// Of clearing; nothing found is 404.
    public static func closed(_ count: Int) -> JSONValue { ["succeeded": true, "num_freed": .int(count)] }

    /// Of opening a point in time.
    public static func opened(_ id: String, _ shards: ShardCounts) -> JSONValue {
        ["id": .string(id), "_shards": shards.json(withSkipped: true)]
    }
}
