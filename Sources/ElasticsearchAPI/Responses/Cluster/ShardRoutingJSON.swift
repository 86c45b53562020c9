internal import Indices
internal import JSON

/// A copy of a shard as `_cluster/state` and `_search_shards` show it.
enum ShardRoutingJSON {
    static func object(_ number: Int, of index: IndexStatistics, isPrimary: Bool, node: NodeFacts) -> JSONValue {
        let isStarted = isPrimary && index.health != .red
        var members: JSONMembers = [
            "state": isStarted ? "STARTED" : isPrimary && index.state == .recovering ? "INITIALIZING" : "UNASSIGNED",
            "primary": .bool(isPrimary), "node": isStarted ? .string(node.id) : .null, "relocating_node": .null,
            "shard": .int(number), "index": .string(index.name),
        ]
        if isStarted {
            members["allocation_id"] = ["id": .string("\(index.uuid)-\(number)")]
        } else {
            members["unassigned_info"] = [
                "reason": isPrimary ? "ALLOCATION_FAILED" : "INDEX_CREATED", "allocation_status": "no_attempt",
            ]
        }
        members["relocation_failure_info"] = ["failed_attempts": 0]
        return .object(members)
    }
}
