public import Indices
public import JSON

extension ClusterHealth {
    /// The body of a `_cluster/health` answer.
    ///
    /// - Parameter timedOut: what was waited for has not come true.
    public func json(timedOut: Bool) -> JSONValue {
        let all = primaryShards + unassignedShards
        return [
            "cluster_name": .string(clusterName), "status": .string(status.rawValue), "timed_out": .bool(timedOut),
            "number_of_nodes": 1, "number_of_data_nodes": 1, "active_primary_shards": .int(primaryShards),
            "active_shards": .int(primaryShards), "relocating_shards": 0, "initializing_shards": 0,
            "unassigned_shards": .int(unassignedShards), "unassigned_primary_shards": 0, "delayed_unassigned_shards": 0,
            "number_of_pending_tasks": 0, "number_of_in_flight_fetch": 0, "task_max_waiting_in_queue_millis": 0,
            "active_shards_percent_as_number": .double(all == 0 ? 100 : 100 * Double(primaryShards) / Double(all)),
        ]
    }
}
