public import JSON

/// Answers that only say that something was done.
public enum Acknowledgement {
    public static let acknowledged: JSONValue = ["acknowledged": true]

    public static func created(index: String) -> JSONValue {
        ["acknowledged": true, "shards_acknowledged": true, "index": .string(index)]
    }
}
