public import Indices
public import JSON

extension ByQueryResult {
    /// The HTTP status: that of the worst failure.
    public var status: Int { failures.map { ($0.elasticsearchError).status }.max() ?? 200 }

    /// The body of the answer to `_delete_by_query`, `_update_by_query` and `_reindex`.
    public var json: JSONValue {
        var members: JSONMembers = ["took": .int(took.wholeMilliseconds), "timed_out": false]
        for member in counts.members(kind) { members[member.key] = member.value }
        members.addSlices(slices, kind)
        if wasCancelled { members["canceled"] = "by user request" }
        members["failures"] = .array(failures.map(\.json))
        return .object(members)
    }
}

extension JSONMembers {
    /// The counts of the parts that an operation was done in.
    mutating func addSlices(_ slices: [ByQueryCounts], _ kind: ByQueryProgress.Kind) {
        if slices.isEmpty { return }
        self["slices"] = .array(
            slices.enumerated().map { number, counts in
                var members: JSONMembers = ["slice_id": .int(number)]
                for member in counts.members(kind) { members[member.key] = member.value }
                return .object(members)
            })
    }
}

extension ByQueryResult.Failure {
    fileprivate var elasticsearchError: ElasticsearchError { ElasticsearchError(error) ?? .internalError }

    fileprivate var json: JSONValue {
        let error = elasticsearchError
        return [
            "index": .string(index), "id": id.map { .string($0) } ?? .null, "cause": error.itemJSON,
            "status": .int(error.status),
        ]
    }
}

extension ByQueryCounts {
    /// The counts as answers and tasks show them.
    func members(_ kind: ByQueryProgress.Kind) -> JSONMembers {
        var members: JSONMembers = ["total": .int(total)]
        if kind != .delete { members["updated"] = .int(updated) }
        if kind == .reindex { members["created"] = .int(created) }
        members["deleted"] = .int(deleted)
        members["batches"] = .int(batches)
        members["version_conflicts"] = .int(versionConflicts)
        members["noops"] = .int(noops)
        members["retries"] = ["bulk": 0, "search": 0]
        members["throttled_millis"] = .int(throttled.wholeMilliseconds)
        members["requests_per_second"] = .float(requestsPerSecond.map { Float($0) } ?? -1)
        members["throttled_until_millis"] = 0
        return members
    }
}
