internal import Indices
internal import JSON

extension ElasticsearchError {
    /// Shards that could not answer, grouped by index and reason.
    static func searchFailed(_ failures: [ShardFailure], isPartial: Bool) -> ElasticsearchError {
        let described = failures.map { (failure: $0, error: $0.shardError) }
        var groups: [JSONValue] = []
        var seen: [(index: String, cause: ErrorCause)] = []
        for (failure, error) in described {
            guard !seen.contains(where: { $0.index == failure.index && $0.cause == error.cause }) else { continue }
            seen.append((failure.index, error.cause))
            groups.append(failure.json(error.cause))
        }
        // Trouble of ours outweighs mistakes of the client.
        let status = described.map(\.error.status).max { ($0 >= 500 ? $0 : 0) < ($1 >= 500 ? $1 : 0) } ?? 503
        let first = described.first?.error.cause
        return ElasticsearchError(
            status: status,
            ErrorCause(
                "search_phase_execution_exception", isPartial ? "Partial shards failure" : "all shards failed",
                extra: ["phase": "query", "grouped": true, "failed_shards": .array(groups)],
                causedBy: isPartial ? nil : first),
            rootCause: first)
    }

    /// What is wrong with a scroll, a point in time, or with where a search shall go on.
    static func searchContext(_ error: IndicesError) -> ElasticsearchError {
        switch error {
        case .searchContextMissing(let number):
            let cause = ErrorCause("search_context_missing_exception", "No search context found for id [\(number)]")
            let failure: JSONValue = ["shard": -1, "index": nil, "reason": .object(cause.json)]
            return ElasticsearchError(
                status: 404,
                ErrorCause(
                    "search_phase_execution_exception", "all shards failed",
                    extra: ["phase": "query", "grouped": true, "failed_shards": [failure]], causedBy: cause),
                rootCause: cause)
        case .malformedContextID(let text, let kind):
            return .illegalArgument(kind == .scroll ? "Cannot parse scroll id" : "invalid id: [\(text)]")
        case .tooManySearchContexts(let kind, let limit):
            let name = kind == .scroll ? "scroll" : "point in time"
            let cause = ErrorCause(
                "too_many_scroll_contexts_exception",
                "Trying to create too many \(name) contexts. Must be less than or equal to: [\(limit)]. This limit can be set by "
                    + "changing the [search.max_open_scroll_context] setting.")
            var error = ElasticsearchError.allShardsFailed(index: nil, cause)
            error.status = 429
            return error
        case .keepAliveTooLong(let requested, let limit):
            return .allShardsFailed(
                index: nil,
                ErrorCause(
                    "illegal_argument_exception",
                    "Keep alive for request (\(requested.longTimeValue)) is too large. It must be less than (\(limit.longTimeValue)). "
                        + "This limit can be set by changing the [search.max_keep_alive] cluster level setting."))
        case .searchAfterMismatch(let values, let keys):
            let reason =
                keys == 0
                ? "Sort must contain at least one field." : "search_after has \(values) value(s) but sort has \(keys)."
            return .allShardsFailed(index: nil, ErrorCause("illegal_argument_exception", reason))
        case .searchAfterNotANumber(let text, let key):
            return .allShardsFailed(
                index: nil,
                ErrorCause(
                    "illegal_argument_exception", "Failed to parse search_after value for field [\(key)].",
                    causedBy: ErrorCause("number_format_exception", "For input string: \"\(text)\"")))
        case .scrollBatchTooLarge(let requested, let limit):
            return .allShardsFailed(
                index: nil,
                ErrorCause(
                    "illegal_argument_exception",
                    "Batch size is too large, size must be less than or equal to: [\(limit)] but was [\(requested)]. Scroll batch "
                        + "sizes cost as much memory as result windows so they are controlled by the [index.max_result_window] "
                        + "index level setting."))
        default: return .internalError
        }
    }
}

extension ShardFailure {
    /// What the shard itself said, without what is put around errors that all shards share.
    var shardError: ElasticsearchError {
        let known = ElasticsearchError(error) ?? .internalError
        guard known.cause.type == "search_phase_execution_exception", let cause = known.cause.causedBy else { return known }
        return ElasticsearchError(status: known.status, cause)
    }

    /// One entry of `failures` or `failed_shards`.
    func json(_ cause: ErrorCause) -> JSONValue {
        ["shard": .int(shard), "index": .string(index), "node": .string(nodeID), "reason": .object(cause.json)]
    }
}

extension Duration {
    /// In Elasticsearch's largest whole unit up to hours: `25h`.
    fileprivate var longTimeValue: String {
        let seconds = Int(self / .seconds(1))
        if seconds >= 3600, seconds % 3600 == 0 { return "\(seconds / 3600)h" }
        if seconds >= 60, seconds % 60 == 0 { return "\(seconds / 60)m" }
        return timeValue
    }
}
