public import Inference
public import JSON
internal import Mapping

/// What `_ml/trained_models` says of the models.
public struct ModelDescription: Sendable {
    private let model: Model
    private let deployment: DeploymentStatistics?

    /// - Parameter deployment: of this model; nil if it is not deployed.
    public init(_ model: Model, deployment: DeploymentStatistics?) {
        self.model = model
        self.deployment = deployment
    }

    /// The models that an expression names.
    ///
    /// - Parameters:
    ///   - expression: comma-separated ids and patterns; nil, empty and `_all` for all.
    ///   - allowsNone: patterns may match nothing.
    /// - Throws: 404 for an id that no model has.
    public static func select(
        _ expression: String?, of models: [Model], allowsNone: Bool
    ) throws(ElasticsearchError) -> [Model] {
        let names = expression?.split(separator: ",").map(String.init) ?? []
        if names.isEmpty || names == ["_all"] { return models }
        var chosen: Set<String> = []
        for name in names {
            let pattern = WildcardPattern(name)
            let matches = models.filter { pattern.matches($0.id) }
            if matches.isEmpty, !(allowsNone && name.contains("*")) {
                throw ElasticsearchError(
                    status: 404, "resource_not_found_exception", "No known trained model with model_id [\(name)]")
            }
            chosen.formUnion(matches.map(\.id))
        }
        return models.filter { chosen.contains($0.id) }
    }

    /// An entry of `trained_model_configs`.
    public var configuration: JSONValue {
        var fields: [JSONValue] = []
        if model.textDimensions != nil { fields.append(.string(InferenceInput.textField)) }
        if model.imageDimensions != nil { fields.append(.string(InferenceInput.imageField)) }
        let dimensions = model.textDimensions ?? model.imageDimensions ?? 0
        return [
            "model_id": .string(model.id), "model_type": "pytorch", "created_by": "api_user",
            "version": .string(VersionInfo.elasticsearch), "description": .string("Model \(model.name)"),
            "model_size_bytes": .int(model.weightBytes), "tags": [], "input": ["field_names": .array(fields)],
            "inference_config": ["text_embedding": ["embedding_size": .int(dimensions)]],
        ]
    }

    /// An entry of `trained_model_stats`.
    public var statistics: JSONValue {
        let counts = deployment?.counts
        var members: JSONMembers = [
            "model_id": .string(model.id),
            "model_size_stats": [
                "model_size_bytes": .int(model.weightBytes), "required_native_memory_bytes": .int(model.weightBytes),
            ],
            "pipeline_count": 0,
            "inference_stats": [
                "failure_count": .int(counts?.errors ?? 0), "inference_count": .int(counts?.inferences ?? 0), "cache_miss_count": 0,
                "missing_all_fields_count": 0, "timestamp": deployment?.lastAccess.map { .int($0) } ?? .int(0),
            ],
        ]
        if let deployment { members["deployment_stats"] = json(deployment) }
        return .object(members)
    }

    private func json(_ deployment: DeploymentStatistics) -> JSONValue {
        let counts = deployment.counts
        let isStarted = deployment.state == .started
        var node: JSONMembers = [
            "routing_state": ["routing_state": .string(deployment.state.rawValue)],
            "inference_count": .int(counts.inferences), "error_count": .int(counts.errors),
            "timeout_count": .int(counts.timeouts), "rejected_execution_count": .int(counts.rejections),
            "number_of_pending_requests": .int(deployment.queueDepth), "start_time": .int(deployment.startTime),
            "threads_per_allocation": .int(deployment.threads), "number_of_allocations": 1,
        ]
        if let lastAccess = deployment.lastAccess { node["last_access"] = .int(lastAccess) }
        if let time = counts.averageTime { node["average_inference_time_ms"] = .double(time / .milliseconds(1)) }
        var members: JSONMembers = [
            "deployment_id": .string(model.id), "model_id": .string(model.id),
            "threads_per_allocation": .int(deployment.threads), "number_of_allocations": 1,
            "queue_capacity": .int(deployment.queueCapacity), "state": .string(deployment.state.rawValue),
            "allocation_status": [
                "allocation_count": isStarted ? 1 : 0, "target_allocation_count": 1,
                "state": isStarted ? "fully_allocated" : "starting",
            ],
            "priority": "normal", "start_time": .int(deployment.startTime), "inference_count": .int(counts.inferences),
            "error_count": .int(counts.errors), "rejected_execution_count": .int(counts.rejections),
            "timeout_count": .int(counts.timeouts), "nodes": [.object(node)],
        ]
        if let failure = deployment.failure { members["reason"] = .string(failure.reason) }
        return .object(members)
    }

    /// The answer to `deployment/_start`.
    public var assignment: JSONValue {
        let state = deployment?.state ?? .starting
        return [
            "assignment": [
                "task_parameters": [
                    "model_id": .string(model.id), "deployment_id": .string(model.id),
                    "model_bytes": .int(model.weightBytes), "threads_per_allocation": .int(deployment?.threads ?? 1),
                    "number_of_allocations": 1, "queue_capacity": .int(deployment?.queueCapacity ?? 0), "cache_size": "0b",
                    "priority": "normal",
                ],
                "assignment_state": .string(state.rawValue), "max_assigned_allocations": state == .started ? 1 : 0,
            ]
        ]
    }
}
