internal import Inference
public import JSON

/// The answer to `GET /_inference/_services`: which services endpoints can be made of, and what their settings are, as Kibana's forms
/// want to know.
public enum InferenceServices {
    /// - Parameter task: only services that have it; nil, or `any`: all.
    /// - Throws: `ElasticsearchError` for a task that does not exist.
    public static func json(task: String?) throws(ElasticsearchError) -> JSONValue {
        if let task { try InferenceEndpointBody.check(task: task) }
        let name = task?.lowercased() ?? "any"
        let services = name == "any" || InferenceTask(rawValue: name) != nil ? InferenceEndpointBody.services.sorted() : []
        return .array(services.map(service))
    }

    private static let names = [InferenceEndpoint.ownService: "ClipSearch", "elasticsearch": "Elasticsearch"]
    private static let tasks = JSONValue.array(InferenceTask.allCases.map { .string($0.rawValue) })

    private static func service(_ id: String) -> JSONValue {
        [
            "service": .string(id), "name": .string(names[id] ?? id), "task_types": tasks,
            "configurations": [
                "model_id": setting("Model ID", "The name of the model to use for the inference task.", type: "str"),
                "num_allocations": setting(
                    "Number Allocations", "How many batches the model works on at a time.", type: "int", standard: 1, isUpdatable: true),
                "num_threads": setting("Number Threads", "How many threads work on one batch.", type: "int", standard: 1),
            ],
        ]
    }

    private static func setting(
        _ label: String, _ description: String, type: String, standard: Int? = nil, isUpdatable: Bool = false
    ) -> JSONValue {
        var members: JSONMembers = [
            "description": .string(description), "label": .string(label), "required": true, "sensitive": false,
            "updatable": .bool(isUpdatable), "type": .string(type), "supported_task_types": tasks,
        ]
        members["default_value"] = standard.map { .int($0) }
        return .object(members)
    }
}
