public import JSON

/// A model by a name of its own, and what it is asked for.
public struct InferenceEndpoint: Sendable, Equatable {
    /// The service that makes vectors with this node's models.
    public static let ownService = "clipsearch"
    /// The cut of long texts where none is given: Elasticsearch's.
    public static let defaultChunking: JSONValue = ["strategy": "sentence", "max_chunk_size": 250, "sentence_overlap": 1]

    public let id: String
    public let task: InferenceTask
    /// As the client called it.
    public let service: String
    public let modelID: String
    /// What is asked: the deployment that `deployment_id` names, else any of the model's.
    public var target: String { json["service_settings"]?["deployment_id"]?.string ?? modelID }
    /// The width of the vectors; nil for one that was made by an early version.
    public let dimensions: Int?
    /// How the vectors are to be compared.
    public let similarity: String
    /// `chunking_settings`.
    public let chunking: JSONValue
    /// What is kept, and answered.
    public let json: JSONValue

    /// - Parameters:
    ///   - serviceSettings: with `model_id`.
    ///   - dimensions: of the model's vectors.
    public init(
        id: String, task: InferenceTask, service: String, serviceSettings: JSONMembers, dimensions: Int,
        taskSettings: JSONMembers = [:], chunking: JSONValue = defaultChunking
    ) {
        var settings = serviceSettings
        settings["dimensions"] = .int(dimensions)
        settings["similarity"] = "cosine"
        settings["element_type"] = "float"
        var members: JSONMembers = [
            "inference_id": .string(id), "task_type": .string(task.rawValue), "service": .string(service),
            "service_settings": .object(settings),
        ]
        if !taskSettings.isEmpty { members["task_settings"] = .object(taskSettings) }
        members["chunking_settings"] = chunking
        json = .object(members)
        (self.id, self.task, self.service) = (id, task, service)
        modelID = serviceSettings["model_id"]?.string ?? ""
        self.dimensions = dimensions
        similarity = "cosine"
        self.chunking = chunking
    }

    /// One that was kept; nil where the text is none.
    public init?(_ json: JSONValue) {
        let settings = json["service_settings"]
        guard let id = json["inference_id"]?.string, let service = json["service"]?.string,
            let modelID = settings?["model_id"]?.string,
            let task = InferenceTask(rawValue: json["task_type"]?.string ?? "")
        else { return nil }
        (self.id, self.task, self.service, self.modelID, self.json) = (id, task, service, modelID, json)
        dimensions = if case .int(let width)? = settings?["dimensions"] { width } else { nil }
        similarity = settings?["similarity"]?.string ?? "cosine"
        chunking = json["chunking_settings"] ?? Self.defaultChunking
    }

    /// The endpoint that a deployed model has without being asked for one: `.compact-clipsearch`.
    init(defaultOf model: Model, allocations: Int) {
        self.init(
            id: Self.defaultID(ofModel: model.id), task: model.imageDimensions == nil ? .textEmbedding : .embedding,
            service: Self.ownService,
            serviceSettings: ["model_id": .string(model.id), "num_allocations": .int(allocations), "num_threads": 1],
            dimensions: model.dimensions)
    }

    static func defaultID(ofModel id: String) -> String { ".\(id)-\(ownService)" }
}

extension Model {
    /// The width of its vectors.
    public var dimensions: Int { textDimensions ?? imageDimensions ?? 0 }
}

extension InferenceService {
    /// The endpoints that need no `PUT`: one of each deployed model, by id.
    public var defaultEndpoints: [InferenceEndpoint] {
        var endpoints: [String: InferenceEndpoint] = [:]
        for served in served.values where endpoints[served.model.id] == nil {
            endpoints[served.model.id] = InferenceEndpoint(
                defaultOf: served.model, allocations: served.configuration.allocations)
        }
        return endpoints.values.sorted { $0.id < $1.id }
    }
}
