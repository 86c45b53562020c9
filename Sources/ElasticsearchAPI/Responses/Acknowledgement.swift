public import JSON

/// Answers that only say that something was done.
public enum Acknowledgement {
    public static let acknowledged: JSONValue = ["acknowledged": true]

    /// What the creation of an index answers.
    public static func created(index: String) -> JSONValue {
        ["acknowledged": true, "shards_acknowledged": true, "index": .string(index)]
    }

    /// What `_close` answers: each index that was closed.
    public static func closed(_ indices: [String]) -> JSONValue {
        [
            "acknowledged": true, "shards_acknowledged": true,
            "indices": .object(indices.map { ($0, ["closed": true]) }.members),
        ]
    }

    /// What `PUT _block` answers: each index that the block was put on.
    public static func blocked(_ indices: [String]) -> JSONValue {
        [
            "acknowledged": true, "shards_acknowledged": true,
            "indices": .array(indices.map { ["name": .string($0), "blocked": true] }),
        ]
    }

    /// What `DELETE _block` answers: each index that the block was taken from.
    public static func unblocked(_ indices: [String]) -> JSONValue {
        ["acknowledged": true, "indices": .array(indices.map { ["name": .string($0), "unblocked": true] })]
    }
}
