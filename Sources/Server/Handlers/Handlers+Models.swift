internal import ElasticsearchAPI
internal import Inference
internal import JSON

extension Handlers {
    /// `GET /_ml/trained_models/{model_id}`
    @Sendable func getModels(_ request: APIRequest) async throws -> Reply {
        let (page, count) = try await modelPage(request)
        return .json(["count": .int(count), "trained_model_configs": .array(page.map(\.configuration))])
    }

    /// `GET /_ml/trained_models/{model_id}/_stats`
    @Sendable func getModelStatistics(_ request: APIRequest) async throws -> Reply {
        let (page, count) = try await modelPage(request)
        return .json(["count": .int(count), "trained_model_stats": .array(page.map(\.statistics))])
    }

    private func modelPage(_ request: APIRequest) async throws -> (page: [ModelDescription], count: Int) {
        let allowsNone = try request.parameters.bool("allow_no_match") ?? true
        let chosen = try ModelDescription.select(
            request.captures["model_id"], of: await models.models, allowsNone: allowsNone)
        let from = try request.parameters.int("from") ?? 0, size = try request.parameters.int("size") ?? 100
        guard from >= 0, size >= 0 else {
            throw ElasticsearchError.illegalArgument("Parameter [\(from < 0 ? "from" : "size")] cannot be < 0")
        }
        var page: [ModelDescription] = []
        for model in chosen.dropFirst(from).prefix(size) { page.append(await description(of: model)) }
        return (page, chosen.count)
    }

    private func description(of model: Model) async -> ModelDescription {
        ModelDescription(model, deployment: await models.statistics(model.id))
    }

    /// `POST /_ml/trained_models/{model_id}/deployment/_start`
    @Sendable func startDeployment(_ request: APIRequest) async throws -> Reply {
        let id = try request.capture("model_id")
        let parameters = try StartDeploymentParameters(request.parameters, modelID: id)
        var configuration = DeploymentConfiguration(threads: parameters.threads)
        if let capacity = parameters.queueCapacity { configuration.queueCapacity = capacity }
        try await models.start(id, configuration)
        if parameters.waitsUntilStarted { try await waitUntilStarted(id, timeout: parameters.timeout) }
        return .json(await description(of: try await models.model(id)).assignment)
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

    /// `POST /_ml/trained_models/{model_id}/deployment/_stop`
    @Sendable func stopDeployment(_ request: APIRequest) async throws -> Reply {
        let id = try request.capture("model_id")
        let allowsNone = try request.parameters.bool("allow_no_match") ?? true
        _ = try request.parameters.bool("force")
        let isDeployed = await models.statistics(id) != nil
        guard isDeployed || allowsNone else {
            throw ElasticsearchError(
                status: 404, "resource_not_found_exception", "No known model deployment with id [\(id)]")
        }
        if isDeployed { try await models.stop(id) }
        return .json(["stopped": true])
    }
}
