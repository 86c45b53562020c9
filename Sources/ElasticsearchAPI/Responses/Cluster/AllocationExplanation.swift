public import Indices
public import JSON
internal import Mapping

/// `_cluster/allocation/explain`: why a copy of a shard has no place.
public struct AllocationExplanation: Sendable {
    private var index: String?
    private var shard: Int?
    private var isPrimary: Bool?
    private var showsDisks = false

    private enum Key: String, BodyKey {
        case index, shard, primary
        case currentNode = "current_node"
    }

    /// - Throws: `ElasticsearchError`.
    public init(body: (some Collection<UInt8>)?, parameters: QueryParameters) throws(ElasticsearchError) {
        index = parameters["index"]
        shard = try parameters.int("shard")
        isPrimary = try parameters.bool("primary")
        showsDisks = try parameters.bool("include_disk_info") ?? false
        _ = try parameters.bool("include_yes_decisions")
        if let body {
            self = try JSONBody.decode(body) { [self] (root) throws(ParseError) in
                var result = self
                for (key, field) in try root.fields(Key.self, of: .object("cluster/allocation/explain")) {
                    switch key {
                    case .index: result.index = try field.string()
                    case .shard: result.shard = try field.wrapping { () throws(ParseError) in try field.int() }
                    case .primary: result.isPrimary = try field.wrapping { () throws(ParseError) in try field.bool() }
                    case .currentNode: _ = try field.string()
                    }
                }
                return result
            }
        }
        let given = [index != nil, shard != nil, isPrimary != nil]
        if given.contains(true), given.contains(false) {
            var missing: [String] = []
            if index == nil { missing.append("index must be specified") }
            if shard == nil { missing.append("shard must be specified") }
            if isPrimary == nil { missing.append("primary must be specified") }
            throw .validation(missing)
        }
    }

    /// - Throws: 400 where no shard is named and none is without a place; 404 for an index that there is not.
    public func json(_ indices: [IndexStatistics], node: NodeFacts) throws(ElasticsearchError) -> JSONValue {
        let found: IndexStatistics
        if let index {
            guard let named = indices.first(where: { $0.name == index }) else {
                throw .indexNotFound(index, "no such index [\(index)]")
            }
            guard let shard, (0..<named.numberOfShards).contains(shard) else {
                throw ElasticsearchError(status: 404, "shard_not_found_exception", "no such shard")
            }
            found = named
        } else if let unassigned = indices.first(where: { $0.unassignedShards > 0 }) {
            found = unassigned
        } else {
            throw .illegalArgument(
                "No shard was specified in the request which means the response should explain a randomly-chosen unassigned shard, "
                    + "but there are no unassigned shards in this cluster. To explain the allocation of an assigned shard you must "
                    + "specify the target shard in the request. See "
                    + "https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-cluster-allocation-explain?version=9.1 "
                    + "for more information.")
        }
        var members = members(found, shard: shard ?? 0, isPrimary: isPrimary ?? (found.state == .damaged), node: node)
        if showsDisks { members["cluster_info"] = Self.disks(of: node) }
        return .object(members)
    }

    private static func disks(of node: NodeFacts) -> JSONValue {
        let total = node.diskTotalBytes, free = node.diskFreeBytes
        let freePercent = total > 0 ? Double(free) / Double(total) * 100 : 0
        let disk: JSONValue = [
            "total_bytes": .int(total), "used_bytes": .int(max(0, total - free)), "free_bytes": .int(free),
            "free_disk_percent": .double(freePercent), "used_disk_percent": .double(100 - freePercent),
        ]
        let usage: JSONValue = ["node_name": .string(node.name), "least_available": disk, "most_available": disk]
        return ["nodes": .object([node.id: usage]), "shard_sizes": [:], "shard_paths": [:], "reserved_sizes": []]
    }

    private func members(_ index: IndexStatistics, shard: Int, isPrimary: Bool, node: NodeFacts) -> JSONMembers {
        var members: JSONMembers = ["index": .string(index.name), "shard": .int(shard), "primary": .bool(isPrimary)]
        if isPrimary, index.health != .red {
            members["current_state"] = "started"
            members["current_node"] = [
                "id": .string(node.id), "name": .string(node.name), "transport_address": .string("\(node.host):9300"),
                "attributes": [:], "roles": .array(NodeFacts.roles.map { .string($0) }),
            ]
            members["can_remain_on_current_node"] = "yes"
            members["can_rebalance_cluster"] = "no"
            members["can_rebalance_to_other_node"] = "no"
            members["rebalance_explanation"] = "Elasticsearch cannot rebalance this shard to another node since there is no other node"
            return members
        }
        members["current_state"] = index.state == .recovering ? "initializing" : "unassigned"
        members["unassigned_info"] = [
            "reason": isPrimary ? "ALLOCATION_FAILED" : "INDEX_CREATED",
            // A replica never had a place, so it lacks one since the index was made.
            "at": .string(DateFormat.standard.string(milliseconds: Int64(index.metadata.creationMilliseconds))),
            "last_allocation_status": "no_attempt",
        ]
        members["can_allocate"] = "no"
        let explanation =
            isPrimary
            ? "the files of the shard cannot be used: the server's log says why"
            : "Elasticsearch isn't allowed to allocate this shard to any of the nodes in the cluster. Choose a node to which you expect "
                + "this shard to be allocated, find this node in the node-by-node explanation, and address the reasons which prevent "
                + "Elasticsearch from allocating this shard there."
        members["allocate_explanation"] = .string(explanation)
        members["node_allocation_decisions"] = [
            [
                "node_id": .string(node.id), "node_name": .string(node.name), "transport_address": .string("\(node.host):9300"),
                "roles": .array(NodeFacts.roles.map { .string($0) }), "node_decision": "no", "weight_ranking": 1,
                "deciders": [
                    [
                        "decider": "same_shard", "decision": "NO",
                        "explanation": "a copy of this shard is already allocated to this node",
                    ]
                ],
            ]
        ]
        return members
    }
}
