public import JSON

/// Answers that only say that something was done.
public enum Acknowledgement {
    public static let acknowledged: JSONValue = ["acknowledged": true]

    public static func created(index: String) -> JSONValue {
        ["acknowledged": true, "shards_acknowledged": true, "index": .string(index)]
    }

    public static func closed(_ indices: [String]) -> JSONValue {
        [
            "acknowledged": true, "shards_acknowledged": true,
            "indices": .object(indices.map { ($0, ["closed": true]) }.members),
        ]
    }

    public static func blocked(_ indices: [String]) -> JSONValue {
        [
            "acknowledged": true, "shards_acknowledged": true,
            "indices": .array(indices.map { ["name": .string($0), "blocked": true] }),
        ]
    }

    public static func unblocked(_ indices: [String]) -> JSONValue {
        ["acknowledged": true, "indices": .array(indices.map { ["name": .string($0), "unblocked": true] })]
    }
}
