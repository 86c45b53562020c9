public import Indices
public import JSON

extension ClusterHealth {
    /// How much `_cluster/health` tells.
    public enum Level: String, Sendable {
        case cluster, indices, shards
    }

    /// Of the shards that there should be, in percent.
    var activePercent: Double {
        let all = primaryShards + unassignedShards + initializingShards
        return all == 0 ? 100 : 100 * Double(primaryShards) / Double(all)
    }

    /// The body of a `_cluster/health` answer.
    ///
    /// - Parameter timedOut: what was waited for has not come true.
    public func json(timedOut: Bool, level: Level = .cluster) -> JSONValue {
        var members: JSONMembers = [
            "cluster_name": .string(clusterName), "status": .string(status.rawValue), "timed_out": .bool(timedOut),
            "number_of_nodes": 1, "number_of_data_nodes": 1, "active_primary_shards": .int(primaryShards),
            "active_shards": .int(primaryShards), "relocating_shards": 0, "initializing_shards": .int(initializingShards),
            "unassigned_shards": .int(unassignedShards), "unassigned_primary_shards": .int(unassignedPrimaryShards),
            "delayed_unassigned_shards": 0, "number_of_pending_tasks": 0, "number_of_in_flight_fetch": 0,
            "task_max_waiting_in_queue_millis": 0, "active_shards_percent_as_number": .double(activePercent),
        ]
        if level != .cluster {
            members["indices"] = .object(indices.map { ($0.name, .object($0.healthMembers(withShards: level == .shards))) }.members)
        }
        return .object(members)
    }
}

extension IndexStatistics {
    fileprivate func healthMembers(withShards: Bool) -> JSONMembers {
        var members: JSONMembers = [
            "status": .string(health.rawValue), "number_of_shards": .int(numberOfShards), "number_of_replicas": .int(numberOfReplicas),
            "active_primary_shards": .int(activeShards), "active_shards": .int(activeShards), "relocating_shards": 0,
            "initializing_shards": .int(initializingShards), "unassigned_shards": .int(unassignedShards),
            "unassigned_primary_shards": .int(state == .damaged ? numberOfShards : 0),
        ]
        guard withShards else { return members }
        let isActive = health != .red
        members["shards"] = .object(
            (0..<numberOfShards).map { number -> (String, JSONValue) in
                (
                    String(number),
                    [
                        "status": .string(health.rawValue), "primary_active": .bool(isActive), "active_shards": isActive ? 1 : 0,
                        "relocating_shards": 0, "initializing_shards": state == .recovering ? 1 : 0,
                        "unassigned_shards": .int(numberOfReplicas + (state == .damaged ? 1 : 0)),
                        "unassigned_primary_shards": state == .damaged ? 1 : 0,
                    ]
                )
            }.members)
        return members
    }
}
