public import Inference
internal import JSON

/// The body of `PUT /_inference/{task_type}/{inference_id}/_update`: what of an endpoint can be changed.
public struct InferenceUpdateBody: Sendable {
    /// Nil: as before.
    public let allocations: Int?
    private let serviceSettings: JSONMembers
    private let taskSettings: JSONMembers?

    private static let updatable: Set<String> = ["service_settings", "task_settings", "task_type"]

    /// - Parameter endpoint: as it is.
    /// - Throws: `ElasticsearchError`.
    public init(body: some Collection<UInt8>, urlTask: String?, of endpoint: InferenceEndpoint) throws(ElasticsearchError) {
        let members = try JSONBody.decode(body) { (root) throws(ParseError) in
            JSONMembers(try root.members(of: .object("inference")).map { ($0.name, JSONValue($0.element)) })
        }
        if members.isEmpty { throw .state(400, "Request body is empty") }
        let others = members.map(\.key).filter { !Self.updatable.contains($0) }
        guard others.isEmpty else {
            throw .state(
                400,
                "Request contained fields which cannot be updated, remove these fields and try again [\(others.joined(separator: ", "))]")
        }
        let task = try InferenceEndpointBody.task(url: urlTask, body: members["task_type"]?.string)
        guard task == endpoint.task.rawValue else {
            throw .state(400, "Task type must match the task type of the existing endpoint")
        }
        serviceSettings = members["service_settings"]?.object ?? [:]
        taskSettings = members["task_settings"]?.object
        var check = SettingsCheck(serviceSettings, scope: "service_settings")
        allocations = check.positive("num_allocations", atMost: DeploymentConfiguration.maximumAllocations)
        try check.finish()
        if let name = serviceSettings.map(\.key).first(where: { $0 != "num_allocations" && $0 != "adaptive_allocations" }) {
            throw .state(400, "[\(name)] of [service_settings] cannot be changed: make another inference endpoint")
        }
    }

    /// The endpoint as it is to be.
    public func applied(to endpoint: InferenceEndpoint) -> InferenceEndpoint {
        var settings = endpoint.json["service_settings"]?.object ?? [:]
        for member in serviceSettings { settings[member.key] = member.value }
        return InferenceEndpoint(
            id: endpoint.id, task: endpoint.task, service: endpoint.service, serviceSettings: settings,
            dimensions: endpoint.dimensions ?? 0, taskSettings: taskSettings ?? endpoint.json["task_settings"]?.object ?? [:],
            chunking: endpoint.chunking)
    }
}
