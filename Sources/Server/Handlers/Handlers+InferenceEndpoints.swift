internal import ElasticsearchAPI
internal import Indices
internal import Inference
internal import Ingest
internal import JSON

/// `_inference`: the node's models by names of their own, as programs for embeddings ask for them.
extension Handlers {
    /// `PUT /_inference/{task_type}/{inference_id}`: the model is started where it does not serve.
    @Sendable func putInferenceEndpoint(_ request: APIRequest) async throws -> Reply {
        let id = try request.capture("inference_id")
        _ = try request.parameters.duration("timeout")
        let body = try InferenceEndpointBody(body: try request.requiredBody(), urlTask: request.captures["task_type"])
        if await indices.isDefaultEndpoint(id) {
            throw ElasticsearchError(
                status: 400, "status_exception",
                "[\(id)] is a reserved inference Id. Cannot create a new inference endpoint with a reserved Id")
        }
        if await models.statistics.contains(where: { $0.id == id || $0.modelID == id }) {
            throw ElasticsearchError(
                status: 400, "status_exception",
                "Inference endpoint IDs must be unique. Requested inference endpoint ID [\(id)] matches existing trained model ID(s) "
                    + "but must not.")
        }
        // Refused early where it can be: a model takes long to start. Which of two at a time is made is decided at the end.
        if (try? await indices.inferenceEndpoint(id)) != nil { throw IndicesError.inferenceEndpointExists(id) }
        let model = try await startedModel(body)
        guard body.task == .embedding || model.textDimensions != nil else { throw InferenceError.noTextSide(id: model.id) }
        let endpoint = body.endpoint(id, dimensions: model.dimensions)
        try indices.keep(endpoint, isNew: true)
        return .json(endpoint.json)
    }

    /// The model that an endpoint is to ask, serving.
    private func startedModel(_ body: InferenceEndpointBody) async throws -> Model {
        // A deployment that is named is there already.
        if let deployment = body.deploymentID { return try await models.serving(deployment).model }
        if let model = try? await models.serving(body.modelID).model { return model }
        var configuration = DeploymentConfiguration()
        configuration.allocations = body.allocations
        configuration.threads = body.threads
        do throws(InferenceError) {
            try await models.start(body.modelID, as: nil, configuration, isLasting: true)
        } catch {
            // It may have been started by a request at the same time.
            if error == .unknownModel(id: body.modelID) { throw Self.unavailable(body.modelID) }
            if error != .alreadyDeployed(id: body.modelID) { throw error }
        }
        try await models.waitUntilStarted(body.modelID)
        return try await models.serving(body.modelID).model
    }

    private static func unavailable(_ modelID: String) -> ElasticsearchError {
        .illegalArgument(
            "Error parsing request config, model id does not match any models available on this platform. Was [\(modelID)]. "
                + "You may need to load it into the cluster using eland.")
    }

    /// `PUT /_inference/{task_type}/{inference_id}/_update`
    @Sendable func updateInferenceEndpoint(_ request: APIRequest) async throws -> Reply {
        let id = try request.capture("inference_id")
        let endpoint = try await indices.inferenceEndpoint(id)
        let body = try InferenceUpdateBody(
            body: try request.requiredBody(), urlTask: request.captures["task_type"], of: endpoint)
        let updated = body.applied(to: endpoint)
        if let allocations = body.allocations {
            try await models.setAllocations(allocations, of: try await models.serving(endpoint.target).deploymentID)
        }
        if await indices.isDefaultEndpoint(id) { return .json(updated.json) }
        try indices.keep(updated, isNew: false)
        return .json(updated.json)
    }

    /// `GET /_inference/{task_type}/{inference_id}`
    @Sendable func getInferenceEndpoints(_ request: APIRequest) async throws -> Reply {
        let id = request.captures["inference_id"], task = request.captures["task_type"]
        let isAnyTask = task.map { $0 == "_all" || $0.lowercased() == "any" } ?? true
        if let task, !isAnyTask { try InferenceEndpointBody.check(task: task) }
        if let id, id != "_all", id != "*" {
            let endpoint = try await indices.inferenceEndpoint(id)
            if let task, !isAnyTask { try Self.check(endpoint, isFor: task) }
            return .json(["endpoints": [endpoint.json]])
        }
        let found = await indices.inferenceEndpoints().filter { isAnyTask || $0.task.rawValue == task?.lowercased() }
        return .json(["endpoints": .array(found.map(\.json))])
    }

    /// `GET /_inference/_services/{task_type}`
    @Sendable func getInferenceServices(_ request: APIRequest) async throws -> Reply {
        .json(try InferenceServices.json(task: request.captures["task_type"]))
    }

    private static func check(_ endpoint: InferenceEndpoint, isFor task: String) throws(ElasticsearchError) {
        guard task.lowercased() == "any" || task.lowercased() == endpoint.task.rawValue else {
            throw ElasticsearchError(
                status: 400, "status_exception",
                "Requested task type [\(task)] does not match the inference endpoint's task type [\(endpoint.task.rawValue)]")
        }
    }

    /// `DELETE /_inference/{task_type}/{inference_id}`: the model goes on serving.
    @Sendable func deleteInferenceEndpoint(_ request: APIRequest) async throws -> Reply {
        let id = try request.capture("inference_id")
        let isTried = try request.flag("dry_run"), isForced = try request.flag("force")
        let endpoint = try await indices.inferenceEndpoint(id)
        if let task = request.captures["task_type"] { try Self.check(endpoint, isFor: task) }
        let uses = InferenceEndpointUses(
            of: id, pipelines: pipelines.all.filter { $0.names(model: id) }.map(\.id),
            indices: indices.indices(usingInferenceEndpoint: id))
        if isTried { return .json(uses.json(isAcknowledged: false)) }
        if !isForced {
            if let reason = uses.reason { throw ElasticsearchError(status: 409, "status_exception", reason) }
            if await indices.isDefaultEndpoint(id) {
                throw ElasticsearchError(
                    status: 400, "status_exception",
                    "[\(id)] is a reserved inference endpoint. Use the force=true query parameter to delete the inference endpoint.")
            }
        }
        // One that a deployed model has anyway is there again at once.
        try indices.deleteInferenceEndpoint(id)
        return .json(InferenceEndpointUses(of: id).json(isAcknowledged: true))
    }

    /// `POST /_inference/{task_type}/{inference_id}`
    @Sendable func runInference(_ request: APIRequest) async throws -> Reply {
        let start = ContinuousClock.now
        let endpoint = try await indices.inferenceEndpoint(try request.capture("inference_id"))
        if let task = request.captures["task_type"], !["any", endpoint.task.rawValue].contains(task.lowercased()) {
            throw ElasticsearchError(
                status: 400, "status_exception",
                "Incompatible task_type, the requested type [\(task)] does not match the model type [\(endpoint.task.rawValue)]")
        }
        let body = try InferenceBody(body: try request.requiredBody(), parameters: request.parameters, task: endpoint.task)
        let vectors = try await models.embed(
            groups: body.groups, model: endpoint.target, purpose: body.purpose, since: start, timeout: body.timeout)
        let name = endpoint.task == .embedding ? "embeddings" : "text_embedding"
        return .json(.object([name: .array(vectors.map { ["embedding": .floats($0)] })] as JSONMembers))
    }
}
