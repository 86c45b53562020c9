internal import Indices
public import Inference
public import JSON
internal import MatrixKernels

/// What `_stats` says of a model, and the answers that describe a deployment.
public enum ModelStatistics {
    /// The entries of `trained_model_stats`: one a deployment, or one without.
    public static func json(_ entry: ModelSelection.Entry) -> [JSONValue] {
        if entry.deployments.isEmpty { return [json(entry.description, deployment: nil)] }
        return entry.deployments.map { json(entry.description, deployment: $0) }
    }

    private static func json(_ model: ModelDescription, deployment: DeploymentStatistics?) -> JSONValue {
        let counts = deployment?.counts
        var members: JSONMembers = [
            "model_id": .string(model.id),
            "model_size_stats": [
                "model_size_bytes": .int(model.bytes),
                "required_native_memory_bytes": .int(deployment?.weightBytes ?? model.bytes),
            ],
            "pipeline_count": 0,
            "inference_stats": [
                "failure_count": .int(counts?.errors ?? 0), "inference_count": .int(counts?.inferences ?? 0),
                "cache_miss_count": 0, "missing_all_fields_count": 0,
                "timestamp": deployment?.lastAccess.map { .int($0) } ?? .int(0),
            ],
        ]
        if let deployment { members["deployment_stats"] = .object(json(deployment)) }
        return .object(members)
    }

    private static func json(_ deployment: DeploymentStatistics) -> JSONMembers {
        let counts = deployment.counts, configuration = deployment.configuration
        let count = deployment.state == .started ? configuration.allocations : 0
        var members: JSONMembers = [
            "deployment_id": .string(deployment.id), "model_id": .string(deployment.modelID),
            "threads_per_allocation": .int(configuration.threads ?? 1),
            "number_of_allocations": .int(configuration.allocations),
            "queue_capacity": .int(configuration.queueCapacity),
            "cache_size": .string(ByteSize(configuration.cacheBytes).human),
            "state": .string(deployment.state.rawValue),
            "allocation_status": [
                "allocation_count": .int(count), "target_allocation_count": .int(configuration.allocations),
                "state": .string(count > 0 ? "fully_allocated" : "starting"),
            ],
            "priority": .string(configuration.priority.rawValue), "precision": .string(configuration.precision?.rawValue ?? ""),
            "start_time": .int(deployment.startTime),
            "inference_count": .int(counts.inferences), "error_count": .int(counts.errors),
            "rejected_execution_count": .int(counts.rejections), "timeout_count": .int(counts.timeouts),
            "peak_throughput_per_minute": .int(deployment.throughput.peak), "nodes": [.object(node(deployment))],
        ]
        if let failure = deployment.failure { members["reason"] = .string(failure.reason) }
        return members
    }

    private static func node(_ deployment: DeploymentStatistics) -> JSONMembers {
        let counts = deployment.counts, throughput = deployment.throughput
        var routing: JSONMembers = ["routing_state": .string(deployment.state.rawValue)]
        if let failure = deployment.failure { routing["reason"] = .string(failure.reason) }
        var node: JSONMembers = [
            "routing_state": .object(routing), "inference_count": .int(counts.inferences),
            "inference_cache_hit_count": .int(counts.cacheHits), "error_count": .int(counts.errors),
            "timeout_count": .int(counts.timeouts), "rejected_execution_count": .int(counts.rejections),
            "number_of_pending_requests": .int(deployment.queueDepth), "start_time": .int(deployment.startTime),
            "threads_per_allocation": .int(deployment.configuration.threads ?? 1),
            "number_of_allocations": .int(deployment.configuration.allocations),
            "peak_throughput_per_minute": .int(throughput.peak),
            "throughput_last_minute": .int(throughput.itemsLastMinute),
            "inference_cache_hit_count_last_minute": .int(throughput.cacheHitsLastMinute),
        ]
        func add(_ key: String, _ time: Duration?) {
            if let time { node[key] = .double(time / .milliseconds(1)) }
        }
        add("average_inference_time_ms", counts.averageTime)
        add("average_inference_time_ms_excluding_cache_hits", counts.averageEncodingTime)
        add("average_inference_time_ms_last_minute", throughput.averageTimeLastMinute)
        if let lastAccess = deployment.lastAccess { node["last_access"] = .int(lastAccess) }
        return node
    }

    /// The answer to `deployment/_start` and `deployment/_update`.
    ///
    /// - Parameter nodeID: of the only node.
    public static func assignment(
        _ deployment: DeploymentStatistics, modelBytes: Int, nodeID: String
    ) -> JSONValue {
        let configuration = deployment.configuration, state = deployment.state
        let count = state == .started ? configuration.allocations : 0
        return [
            "assignment": [
                "task_parameters": [
                    "model_id": .string(deployment.modelID), "deployment_id": .string(deployment.id),
                    "model_bytes": .int(modelBytes), "threads_per_allocation": .int(configuration.threads ?? 1),
                    "number_of_allocations": .int(configuration.allocations),
                    "queue_capacity": .int(configuration.queueCapacity),
                    "cache_size": .string(ByteSize(configuration.cacheBytes).human),
                    "priority": .string(configuration.priority.rawValue),
                    "precision": .string(configuration.precision?.rawValue ?? ""),
                ],
                "routing_table": .object([
                    nodeID: [
                        "routing_state": .string(state.rawValue), "reason": "", "current_allocations": .int(count),
                        "target_allocations": .int(configuration.allocations),
                    ]
                ]),
                "assignment_state": .string(state.rawValue), "start_time": .int(deployment.startTime),
                "max_assigned_allocations": .int(count),
            ]
        ]
    }
}
