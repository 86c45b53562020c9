public import Inference
internal import JSON
internal import Mapping

/// The body of `PUT /_inference/{task_type}/{inference_id}`: a model of ours by another name.
public struct InferenceEndpointBody: Sendable {
    /// The services whose models are ours.
    static let services: Set<String> = [InferenceEndpoint.ownService, "elasticsearch"]

    public let task: InferenceTask
    public let service: String
    public let modelID: String
    /// The deployment that is meant; nil: any of the model.
    public let deploymentID: String?
    public let allocations: Int
    /// Nil: the node's own number.
    public let threads: Int?
    private let serviceSettings: JSONMembers
    private let taskSettings: JSONMembers
    private let chunking: JSONValue

    private enum Key: String, BodyKey {
        case service
        case serviceSettings = "service_settings"
        case taskSettings = "task_settings"
        case chunking = "chunking_settings"
        case task = "task_type"
    }

    /// What is sent, before it is known to make sense.
    private struct Parts {
        var members: [Key: JSONValue] = [:]

        init(_ root: Node) throws(ParseError) {
            for (key, field) in try root.fields(Key.self, of: .object("inference")) {
                switch key {
                case .service, .task: members[key] = .string(try field.string())
                case .serviceSettings, .taskSettings, .chunking:
                    if field.element.kind == .null { continue }
                    guard field.element.kind == .object else { throw field.unexpected }
                    members[key] = JSONValue(field.element)
                }
            }
        }
    }

    /// - Parameter urlTask: of the path.
    /// - Throws: `ElasticsearchError`.
    public init(body: some Collection<UInt8>, urlTask: String?) throws(ElasticsearchError) {
        let parts = try JSONBody.decode(body) { (root) throws(ParseError) in try Parts(root) }
        let taskName = try Self.task(url: urlTask, body: parts.members[.task]?.string)
        guard let service = parts.members[.service]?.string else {
            throw .state(400, "Model configuration is missing [service]")
        }
        guard Self.services.contains(service) else { throw .state(400, "Unknown service [\(service)]") }
        guard let task = InferenceTask(rawValue: taskName) else {
            throw .state(400, "The [\(service)] service does not support task type [\(taskName)]")
        }
        guard let settings = parts.members[.serviceSettings]?.object else {
            throw ElasticsearchError(
                status: 400, "validation_exception", "Validation Failed: 1: [service_settings] is a required setting;")
        }
        var check = SettingsCheck(settings, scope: "service_settings")
        allocations = check.positive("num_allocations", atMost: DeploymentConfiguration.maximumAllocations) ?? 1
        threads = check.positive("num_threads", atMost: DeploymentConfiguration.maximumThreads)
        try check.finish()
        let known: Set<String> = ["model_id", "num_allocations", "num_threads", "adaptive_allocations", "deployment_id"]
        let others = JSONMembers(settings.filter { !known.contains($0.key) }.map { ($0.key, $0.value) })
        guard others.isEmpty else {
            throw .state(
                400, "Configuration contains settings [\(JSONValue.object(others).javaText)] unknown to the [\(service)] service")
        }
        deploymentID = settings["deployment_id"]?.string
        guard let modelID = settings["model_id"]?.string ?? deploymentID else {
            throw .illegalArgument("Error parsing service settings, model_id must be provided")
        }
        self.modelID = modelID
        self.task = task
        self.service = service
        var kept = settings
        if kept["num_allocations"] == nil { kept["num_allocations"] = .int(allocations) }
        if kept["num_threads"] == nil { kept["num_threads"] = .int(threads ?? 1) }
        kept["model_id"] = .string(modelID)
        serviceSettings = kept
        taskSettings = parts.members[.taskSettings]?.object ?? [:]
        let cut = parts.members[.chunking]?.object ?? [:]
        do throws(ChunkingFault) {
            chunking = cut.isEmpty ? InferenceEndpoint.defaultChunking : .object(try ChunkingSettings(cut).json)
        } catch {
            throw ElasticsearchError(error)
        }
    }

    private static let tasks: Set<String> = [
        "text_embedding", "sparse_embedding", "rerank", "completion", "chat_completion", "embedding", "any",
    ]

    /// - Throws: `ElasticsearchError` where Elasticsearch has no such task.
    public static func check(task: String) throws(ElasticsearchError) {
        guard tasks.contains(task.lowercased()) else { throw .state(400, "Unknown task_type [\(task)]") }
    }

    /// The task that path and body agree on.
    ///
    /// - Throws: `ElasticsearchError`.
    static func task(url: String?, body: String?) throws(ElasticsearchError) -> String {
        if let url { try check(task: url) }
        guard let body else {
            guard let url, url.lowercased() != "any" else { throw .state(400, "model is missing required setting [task_type]") }
            return url.lowercased()
        }
        try check(task: body)
        guard body.lowercased() != "any" else { throw .state(400, "task_type [any] is not valid type for inference") }
        if let url, url.lowercased() != "any", url.lowercased() != body.lowercased() {
            throw .state(
                400, "Cannot resolve conflicting task_type parameter in the request URL [\(url)] and the request body [\(body)]")
        }
        return body.lowercased()
    }

    /// The endpoint that is to be made.
    ///
    /// - Parameter dimensions: of the model's vectors.
    public func endpoint(_ id: String, dimensions: Int) -> InferenceEndpoint {
        InferenceEndpoint(
            id: id, task: task, service: service, serviceSettings: serviceSettings, dimensions: dimensions,
            taskSettings: taskSettings, chunking: chunking)
    }
}
