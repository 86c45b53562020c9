internal import ElasticsearchAPI
internal import Indices
internal import Inference
internal import JSON

/// `_inference`: the node's models by names of their own, as programs for text embeddings ask for them.
extension Handlers {
    private static let section = "inference_endpoints"
    private static let taskTypes: Set<String> = ["text_embedding", "embedding"]

    private var endpoints: JSONMembers { indices.cluster.metadata.sections[Self.section] ?? [:] }

    /// The name, and the task that stands before it.
    private func names(_ request: APIRequest) throws(ElasticsearchError) -> (id: String, taskType: String?) {
        (try request.capture("inference_id"), request.captures["task_type"])
    }

    private func notFound(_ id: String) -> ElasticsearchError {
        ElasticsearchError(status: 404, "resource_not_found_exception", "Inference endpoint not found [\(id)]")
    }

    /// `PUT /_inference/{task_type}/{inference_id}`: the model is started where it does not serve.
    @Sendable func putInferenceEndpoint(_ request: APIRequest) async throws -> Reply {
        let (id, task) = try names(request)
        let taskType = task ?? "text_embedding"
        guard Self.taskTypes.contains(taskType) else {
            throw ElasticsearchError(
                status: 400, "status_exception", "The [elasticsearch] service does not support task type [\(taskType)]")
        }
        let body = try InferenceEndpointBody(body: try request.requiredBody())
        guard endpoints[id] == nil else {
            throw ElasticsearchError(
                status: 400, "resource_already_exists_exception", "[\(id)] Inference endpoint already exists")
        }
        let modelID = body.modelID ?? ""
        if (try? await models.serving(modelID)) == nil {
            var configuration = DeploymentConfiguration()
            configuration.allocations = body.allocations
            let deployment = try await models.start(modelID, as: nil, configuration, isLasting: true)
            try await models.waitUntilStarted(deployment)
        }
        let stored = body.stored(id: id, taskType: taskType)
        try indices.cluster.change { (metadata) throws(IndicesError) in
            var kept = metadata.sections[Self.section] ?? [:]
            kept[id] = stored
            metadata.sections[Self.section] = kept
        }
        return .json(stored)
    }

    /// `GET /_inference/{task_type}/{inference_id}`
    @Sendable func getInferenceEndpoints(_ request: APIRequest) throws -> Reply {
        let id = request.captures["inference_id"], taskType = request.captures["task_type"]
        let wantsAll = id == nil || id == "_all" || id == "*"
        let found = endpoints.filter { wantsAll || $0.key == id }.map(\.value).filter { endpoint in
            taskType.map { endpoint["task_type"]?.string == $0 || $0 == "_all" } ?? true
        }
        if let id, !wantsAll, found.isEmpty { throw notFound(id) }
        return .json(["endpoints": .array(found)])
    }

    /// `DELETE /_inference/{task_type}/{inference_id}`: the model goes on serving.
    @Sendable func deleteInferenceEndpoint(_ request: APIRequest) throws -> Reply {
        let (id, _) = try names(request)
        guard endpoints[id] != nil else { throw notFound(id) }
        if try !request.flag("dry_run") {
            try indices.cluster.change { (metadata) throws(IndicesError) in metadata.sections[Self.section]?[id] = nil }
        }
        return .json(["acknowledged": true, "pipelines": [], "indexes": []])
    }

    /// `POST /_inference/{task_type}/{inference_id}`
    @Sendable func runInference(_ request: APIRequest) async throws -> Reply {
        let (id, task) = try names(request)
        guard let endpoint = endpoints[id], let modelID = endpoint["service_settings"]?["model_id"]?.string else { throw notFound(id) }
        let own = endpoint["task_type"]?.string ?? "text_embedding"
        if let task, task != own {
            throw ElasticsearchError(
                status: 400, "status_exception",
                "Incompatible task_type, the requested type [\(task)] does not match the model type [\(own)]")
        }
        let body = try InferenceBody(body: try request.requiredBody(), parameters: request.parameters)
        let (_, deployment) = try await models.serving(modelID)
        var vectors: [[Float]] = []
        let arrival = ContinuousClock.now
        var texts: [String] = [], images: [[UInt8]] = []
        for input in body.inputs {
            switch input {
            case .text(let text): texts.append(text)
            case .image(let uri): images.append(try DataURI(uri).bytes)
            }
        }
        let textVectors = texts.isEmpty ? [] : try await models.embed(
            texts: texts, model: deployment, truncation: .end, since: arrival, timeout: body.timeout).map(\.vector)
        let imageVectors = images.isEmpty ? [] : try await models.embed(
            images: images, model: deployment, since: arrival, timeout: body.timeout)
        var nextText = textVectors.makeIterator(), nextImage = imageVectors.makeIterator()
        for input in body.inputs {
            switch input {
            case .text: if let vector = nextText.next() { vectors.append(vector) }
            case .image: if let vector = nextImage.next() { vectors.append(vector) }
            }
        }
        let name = own == "embedding" ? "embeddings" : "text_embedding"
        return .json(.object([name: .array(vectors.map { ["embedding": .floats($0)] })] as JSONMembers))
    }
}
