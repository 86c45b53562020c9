public import JSON

/// The body of `PUT /_inference/{task_type}/{inference_id}`: a model of ours by another name.
public struct InferenceEndpointBody: Sendable {
    /// The services whose models are ours.
    static let services: Set<String> = ["elasticsearch", "elser"]

    public private(set) var service = ""
    public private(set) var modelID: String?
    public private(set) var allocations = 1
    /// As given, with what was left open.
    public private(set) var chunking: JSONValue = ["strategy": "sentence", "max_chunk_size": 250, "sentence_overlap": 1]
    private var serviceSettings: JSONMembers = [:]
    private var taskSettings: JSONValue?

    private enum Key: String, BodyKey {
        case service
        case serviceSettings = "service_settings"
        case taskSettings = "task_settings"
        case chunking = "chunking_settings"
    }

    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in try InferenceEndpointBody(root) }
        guard !service.isEmpty else {
            throw ElasticsearchError(status: 400, "validation_exception", "Validation Failed: 1: [service] is a required setting.;")
        }
        guard Self.services.contains(service) else {
            throw ElasticsearchError(status: 400, "status_exception", "Unknown service [\(service)]")
        }
        guard modelID != nil else {
            throw ElasticsearchError(
                status: 400, "validation_exception",
                "Validation Failed: 1: [service_settings] does not contain the required setting [model_id];")
        }
    }

    private init(_ root: Node) throws(ParseError) {
        for (key, field) in try root.fields(Key.self, of: .object("inference")) {
            switch key {
            case .service: service = try field.string()
            case .taskSettings: taskSettings = JSONValue(field.element)
            case .chunking: chunking = JSONValue(field.element)
            case .serviceSettings:
                for member in try field.value.members(of: .object("service_settings")) {
                    switch member.name {
                    case "model_id": modelID = try member.string()
                    case "num_allocations": allocations = max(1, try member.int())
                    case "num_threads", "deployment_id", "adaptive_allocations": break
                    default: throw Parser.object("service_settings").unknown(member, known: ["model_id", "num_allocations", "num_threads"])
                    }
                    serviceSettings[member.name] = JSONValue(member.element)
                }
            }
        }
    }

    /// What is kept, and answered.
    public func stored(id: String, taskType: String) -> JSONValue {
        var settings = serviceSettings
        if settings["num_allocations"] == nil { settings["num_allocations"] = .int(allocations) }
        if settings["num_threads"] == nil { settings["num_threads"] = 1 }
        var members: JSONMembers = [
            "inference_id": .string(id), "task_type": .string(taskType), "service": .string(service),
            "service_settings": .object(settings),
        ]
        if let taskSettings { members["task_settings"] = taskSettings }
        members["chunking_settings"] = chunking
        return .object(members)
    }
}
