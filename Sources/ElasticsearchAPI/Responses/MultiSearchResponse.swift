public import Indices
public import JSON

/// The answer to an `_msearch`: one entry a search, in their order.
public enum MultiSearchResponse {
    /// A search that was answered.
    public static func entry(_ response: SearchResponse, _ format: SearchFormat) -> JSONValue {
        var members = response.json(format).object ?? [:]
        members["status"] = 200
        return .object(members)
    }

    /// A search that failed; the others are answered all the same.
    public static func entry(_ error: ElasticsearchError) -> JSONValue {
        ["error": error.nestedJSON, "status": .int(error.status)]
    }

    /// - Parameter took: wall-clock milliseconds.
    public static func json(took: Int, _ entries: [JSONValue]) -> JSONValue {
        ["took": .int(took), "responses": .array(entries)]
    }
}
