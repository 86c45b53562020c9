public import JSON

/// An error as a client sees it: a status and a chain of causes.
public struct ElasticsearchError: Error, Equatable, Sendable {
    /// The HTTP status.
    public var status: Int
    public var cause: ErrorCause
    /// Set where the root is not what `ErrorCause.root` finds, as for errors of single shards.
    public var rootCause: ErrorCause?

    public init(status: Int, _ cause: ErrorCause, rootCause: ErrorCause? = nil) {
        self.status = status
        self.cause = cause
        self.rootCause = rootCause
    }

    public init(
        status: Int, _ type: String, _ reason: String, extra: JSONMembers = [:], causedBy: ErrorCause? = nil
    ) {
        self.init(status: status, ErrorCause(type, reason, extra: extra, causedBy: causedBy))
    }

    /// 400 `illegal_argument_exception`.
    public static func illegalArgument(_ reason: String) -> ElasticsearchError {
        ElasticsearchError(status: 400, "illegal_argument_exception", reason)
    }

    /// 400 `action_request_validation_exception`: Elasticsearch numbers the failures.
    public static func validation(_ failures: [String]) -> ElasticsearchError {
        let list = failures.enumerated().map { "\($0.offset + 1): \($0.element);" }.joined()
        return ElasticsearchError(status: 400, "action_request_validation_exception", "Validation Failed: \(list)")
    }

    /// The error of a search that no shard could answer, every one for the same reason.
    ///
    /// - Parameter index: named in `failed_shards`; nil where it is not known.
    static func allShardsFailed(index: String?, _ cause: ErrorCause) -> ElasticsearchError {
        let failure: JSONValue = [
            "shard": 0, "index": index.map { .string($0) } ?? .null, "reason": .object(cause.json),
        ]
        let outer = ErrorCause(
            "search_phase_execution_exception", "all shards failed",
            extra: ["phase": "query", "grouped": true, "failed_shards": [failure]], causedBy: cause)
        return ElasticsearchError(status: 400, outer, rootCause: cause)
    }

    /// The response body: `{"error": {"root_cause": […], "type": …, "reason": …}, "status": …}`.
    public var json: JSONValue {
        var error: JSONMembers = ["root_cause": [.object((rootCause ?? cause.root).summary)]]
        for member in cause.json { error[member.key] = member.value }
        return ["error": .object(error), "status": .int(status)]
    }

    /// The error alone, as a `_bulk` item carries it: no roots, no status.
    public var itemJSON: JSONValue { .object(cause.json) }
}
