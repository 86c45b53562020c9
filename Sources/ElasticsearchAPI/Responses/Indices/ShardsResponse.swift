public import Indices
public import JSON
internal import Shards

/// What `_segments`, `_recovery`, `_shard_stores` and `_search_shards` say of the shards of indices.
public enum ShardsResponse {
    private static func counts(_ indices: [IndexStatistics]) -> JSONValue {
        ShardCounts(total: indices.reduce(0) { $0 + $1.shards.count }).json()
    }

    private static func describe(_ node: NodeFacts) -> JSONValue {
        [
            "name": .string(node.name), "ephemeral_id": .string(node.id), "transport_address": .string("\(node.host):9300"),
            "external_id": .string(node.name), "attributes": [:], "roles": .array(NodeFacts.roles.map { .string($0) }),
            "version": .string(VersionInfo.elasticsearch),
        ]
    }

    /// A shard's documents lie together: they are shown as one segment.
    public static func segments(_ indices: [IndexStatistics], nodeID: String) -> JSONValue {
        [
            "_shards": counts(indices),
            "indices": .object(
                indices.filter { $0.state == .open }.map { index -> (String, JSONValue) in
                    let shards = index.shards.enumerated().map { number, shard -> (String, JSONValue) in
                        let isEmpty = shard.documents + shard.deletedDocuments == 0
                        let segment: JSONValue = [
                            "generation": 0, "num_docs": .int(shard.documents), "deleted_docs": .int(shard.deletedDocuments),
                            "size_in_bytes": .int(shard.storeBytes), "committed": true, "search": true,
                            "version": .string(VersionInfo.elasticsearch), "compound": false, "attributes": [:],
                        ]
                        return (
                            String(number),
                            [
                                [
                                    "routing": ["state": "STARTED", "primary": true, "node": .string(nodeID)],
                                    "num_committed_segments": isEmpty ? 0 : 1, "num_search_segments": isEmpty ? 0 : 1,
                                    "segments": isEmpty ? [:] : ["_0": segment],
                                ]
                            ]
                        )
                    }
                    return (index.name, ["shards": .object(shards.members)])
                }.members),
        ]
    }

    /// - Parameter onlyActive: only recoveries that have not ended.
    public static func recovery(_ indices: [IndexStatistics], node: NodeFacts, onlyActive: Bool) -> JSONValue {
        let shown = indices.filter { $0.state == .recovering || ($0.state == .open && !onlyActive) }
        return .object(
            shown.map { index -> (String, JSONValue) in
                let isDone = index.state == .open
                let target: JSONValue = [
                    "id": .string(node.id), "host": .string(node.host), "transport_address": .string("\(node.host):9300"),
                    "ip": .string(node.ip), "name": .string(node.name),
                ]
                let shards = (0..<index.numberOfShards).map { number -> JSONValue in
                    [
                        "id": .int(number), "type": "EXISTING_STORE", "stage": isDone ? "DONE" : "INDEX", "primary": true,
                        "start_time_in_millis": .int(Int(node.startMilliseconds)), "total_time_in_millis": 0, "source": [:],
                        "target": target,
                        "index": [
                            "size": [
                                "total_in_bytes": 0, "reused_in_bytes": 0, "recovered_in_bytes": 0, "recovered_from_snapshot_in_bytes": 0,
                                "percent": "100.0%",
                            ],
                            "files": ["total": 0, "reused": 0, "recovered": 0, "percent": "100.0%"], "total_time_in_millis": 0,
                            "source_throttle_time_in_millis": 0, "target_throttle_time_in_millis": 0,
                        ],
                        "translog": ["recovered": 0, "total": 0, "percent": "100.0%", "total_on_start": 0, "total_time_in_millis": 0],
                        "verify_index": ["check_index_time_in_millis": 0, "total_time_in_millis": 0],
                    ]
                }
                return (index.name, ["shards": .array(shards)])
            }.members)
    }

    /// Stores of shards whose health is among `status`.
    public static func stores(_ indices: [IndexStatistics], node: NodeFacts, status: Set<String>) -> JSONValue {
        let shown = indices.filter { status.contains("all") || status.contains($0.health.rawValue) }
        return [
            "indices": .object(
                shown.map { index -> (String, JSONValue) in
                    let shards = (0..<index.numberOfShards).map { number -> (String, JSONValue) in
                        var store: JSONMembers = [:]
                        store[node.id] = describe(node)
                        store["allocation_id"] = .string("\(index.uuid)-\(number)")
                        store["allocation"] = index.health == .red ? "unused" : "primary"
                        return (String(number), ["stores": [.object(store)]])
                    }
                    return (index.name, ["shards": .object(shards.members)])
                }.members)
        ]
    }

    /// - Parameters:
    ///   - shards: the numbers of the shards that are searched, by index; nil: all.
    ///   - aliases: the filtered aliases by which an index was found, with their joined filter.
    public static func searchShards(
        _ found: [(index: IndexStatistics, shards: Set<Int>?, aliases: [String], filter: JSONValue?)], node: NodeFacts
    ) -> JSONValue {
        let groups = found.flatMap { entry in
            (0..<entry.index.numberOfShards).filter { entry.shards?.contains($0) ?? true }.map { number -> JSONValue in
                [ShardRoutingJSON.object(number, of: entry.index, isPrimary: true, node: node)]
            }
        }
        let indices = found.map { entry -> (String, JSONValue) in
            var members = JSONMembers()
            if !entry.aliases.isEmpty { members["aliases"] = .array(entry.aliases.map { .string($0) }) }
            members["filter"] = entry.filter
            return (entry.index.name, .object(members))
        }
        return [
            "nodes": .object([(node.id, describe(node))].members),
            "indices": .object(indices.members), "shards": .array(groups),
        ]
    }
}
