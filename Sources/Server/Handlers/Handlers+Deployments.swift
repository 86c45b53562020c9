internal import ElasticsearchAPI
internal import Inference
internal import JSON
internal import Mapping

extension Handlers {
    /// `POST /_ml/trained_models/{model_id}/deployment/_start`
    @Sendable func startDeployment(_ request: APIRequest) async throws -> Reply {
        let modelID = try request.capture("model_id")
        let start = try StartDeploymentRequest(parameters: request.parameters, body: request.bodyBytes)
        let id = try await models.start(modelID, as: start.deploymentID, start.configuration, isLasting: true)
        if start.waitsUntilStarted { try await waitUntilStarted(id, timeout: start.timeout) }
        return .json(try await assignment(id))
    }

    /// Loading goes on after the timeout.
    private func waitUntilStarted(_ id: String, timeout: Duration) async throws {
        let deadline = ContinuousClock.now + timeout
        while await models.statistics(id)?.state == .starting {
            guard ContinuousClock.now < deadline else {
                throw ElasticsearchError(
                    status: 408, "status_exception",
                    "Timed out after [\(timeout.timeValue)] waiting for model deployment to start. Use the trained model stats API to "
                        + "track the state of the deployment and try again once it has started.")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        try await models.waitUntilStarted(id)
    }

    private func assignment(_ id: String) async throws -> JSONValue {
        guard let statistics = await models.statistics(id) else { throw InferenceError.unknownDeployment(id: id) }
        let bytes = try await models.model(statistics.modelID).weightBytes
        return ModelStatistics.assignment(statistics, modelBytes: bytes, nodeID: version.clusterID)
    }

    /// `POST /_ml/trained_models/{model_id}/deployment/_update`
    @Sendable func updateDeployment(_ request: APIRequest) async throws -> Reply {
        let id = try request.capture("model_id")
        let update = try UpdateDeploymentRequest(parameters: request.parameters, body: request.bodyBytes)
        try await models.setAllocations(update.allocations, of: id)
        return .json(try await assignment(id))
    }

    /// `POST /_ml/trained_models/{model_id}/deployment/_stop`: of one deployment, several, a pattern, or those of an alias's model.
    @Sendable func stopDeployment(_ request: APIRequest) async throws -> Reply {
        let stop = try StopDeploymentRequest(parameters: request.parameters, body: request.bodyBytes)
        let deployments = await models.statistics, aliases = await models.aliases
        var chosen: [String] = []
        for name in try request.capture("model_id").split(separator: ",") {
            let pattern = name == "_all" ? "*" : String(name)
            var matches = deployments.map(\.id).filter(WildcardPattern(pattern).matches)
            if matches.isEmpty, let model = aliases[pattern] { matches = deployments.filter { $0.modelID == model }.map(\.id) }
            guard !matches.isEmpty || stop.allowsNone else { throw InferenceError.unknownDeployment(id: pattern) }
            chosen += matches
        }
        for id in chosen { try await models.stopIfServed(id) }
        return .json(["stopped": true])
    }

    /// `POST /_ml/trained_models/{model_id}/deployment/cache/_clear`
    @Sendable func clearDeploymentCache(_ request: APIRequest) async throws -> Reply {
        try await models.clearCache(try request.capture("model_id"))
        return .json(["cleared": true])
    }
}
