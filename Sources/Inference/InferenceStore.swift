internal import Files
internal import JSON
internal import MatrixKernels

/// The file that names aliases and the deployments that come back after a restart.
struct InferenceStore: Sendable {
    struct Deployment: Sendable, Equatable {
        var id: String
        var modelID: String
        var configuration: DeploymentConfiguration
    }

    struct Content: Sendable, Equatable {
        var aliases: [String: String] = [:]
        var deployments: [Deployment] = []
    }

    let path: String

    /// - Returns: nil if nothing was ever saved.
    /// - Throws: `file`, `damagedStore`.
    func load() throws(InferenceError) -> Content? {
        let bytes = try InferenceError.wrapping { () throws(FileError) in
            try Path.exists(path) ? try File.contents(of: path) : nil
        }
        guard let bytes else { return nil }
        guard let root = try? JSONDocument(parsing: bytes).root, let content = Content(JSONValue(root)) else {
            throw .damagedStore(path: path)
        }
        return content
    }

    /// - Throws: `file`.
    func save(_ content: Content) throws(InferenceError) {
        try InferenceError.wrapping { () throws(FileError) in
            try File.replace(path, with: content.json.serialized(pretty: true))
        }
    }
}

extension InferenceStore.Content {
    private static let formatVersion = 1

    fileprivate var json: JSONValue {
        [
            "format_version": .int(Self.formatVersion),
            "aliases": .object(JSONMembers(aliases.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
            "deployments": .array(deployments.sorted { $0.id < $1.id }.map(\.json)),
        ]
    }

    fileprivate init?(_ json: JSONValue) {
        guard case .int(Self.formatVersion)? = json["format_version"], let aliases = json["aliases"]?.object,
            let deployments = json["deployments"]?.array
        else { return nil }
        for member in aliases {
            guard let modelID = member.value.string else { return nil }
            self.aliases[member.key] = modelID
        }
        for deployment in deployments {
            guard let deployment = InferenceStore.Deployment(deployment) else { return nil }
            self.deployments.append(deployment)
        }
    }
}

extension InferenceStore.Deployment {
    fileprivate var json: JSONValue {
        [
            "deployment_id": .string(id), "model_id": .string(modelID),
            "number_of_allocations": .int(configuration.allocations),
            "threads_per_allocation": configuration.threads.map { .int($0) } ?? .null,
            "queue_capacity": .int(configuration.queueCapacity), "cache_size": .int(configuration.cacheBytes),
            "priority": .string(configuration.priority.rawValue),
            "precision": configuration.precision.map { .string($0.rawValue) } ?? .null,
        ]
    }

    fileprivate init?(_ json: JSONValue) {
        func int(_ key: String) -> Int? {
            if case .int(let value)? = json[key], value >= 0 { value } else { nil }
        }
        guard let id = json["deployment_id"]?.string, let modelID = json["model_id"]?.string,
            let allocations = int("number_of_allocations"), let queueCapacity = int("queue_capacity"),
            let cacheBytes = int("cache_size"), let priority = json["priority"]?.string,
            let priority = DeploymentPriority(rawValue: priority)
        else { return nil }
        let name = json["precision"]?.string, precision = name.flatMap(Precision.init(rawValue:))
        guard (name == nil) == (precision == nil) else { return nil }
        self.init(
            id: id, modelID: modelID,
            configuration: DeploymentConfiguration(
                allocations: min(max(1, allocations), DeploymentConfiguration.maximumAllocations),
                threads: int("threads_per_allocation").map { min(max(1, $0), DeploymentConfiguration.maximumThreads) }, queueCapacity: max(1, queueCapacity),
                cacheBytes: cacheBytes, priority: priority, precision: precision))
    }
}
