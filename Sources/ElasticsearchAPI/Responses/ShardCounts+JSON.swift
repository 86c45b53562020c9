public import Indices
public import JSON

extension ShardCounts {
    /// The `_shards` member of an answer.
    ///
    /// - Parameters:
    ///   - withSkipped: searches also count the shards that could not match.
    ///   - failures: the shards that could not answer; alike ones of an index are told once.
    public func json(withSkipped: Bool = false, failures: [ShardFailure] = []) -> JSONValue {
        var counts: JSONMembers = ["total": .int(total), "successful": .int(total - failures.count - unavailable.count)]
        if withSkipped { counts["skipped"] = .int(skipped) }
        counts["failed"] = .int(failures.count)
        if !failures.isEmpty {
            var told: [(index: String, cause: ErrorCause)] = []
            var list: [JSONValue] = []
            for failure in failures {
                let cause = failure.shardError.cause
                guard !told.contains(where: { $0.index == failure.index && $0.cause == cause }) else { continue }
                told.append((failure.index, cause))
                list.append(failure.json(cause))
            }
            counts["failures"] = .array(list)
        }
        return .object(counts)
    }

    /// An answer that holds nothing else, as of `_refresh`, `_flush` and `_forcemerge`.
    public var response: JSONValue { ["_shards": json()] }
}
