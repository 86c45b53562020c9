internal import Indices

/// What the URL of `deployment/_start` may say.
public struct StartDeploymentParameters: Sendable {
    /// Elasticsearch's `timeout` where none is given.
    private static let defaultTimeout = Duration.seconds(20)

    /// Threads of the encoder; nil: the server's default.
    public let threads: Int?
    public let queueCapacity: Int?
    /// Whether the answer waits until the model is loaded, and how long.
    public let waitsUntilStarted: Bool
    public let timeout: Duration

    /// - Throws: `ElasticsearchError`; a deployment cannot be called otherwise than its model.
    public init(_ parameters: QueryParameters, modelID: String) throws(ElasticsearchError) {
        if let name = parameters["deployment_id"], name != modelID {
            throw .illegalArgument("[deployment_id] must be the model's id [\(modelID)] but was [\(name)]")
        }
        threads = try Self.positive("threads_per_allocation", parameters)
        queueCapacity = try Self.positive("queue_capacity", parameters)
        switch parameters["wait_for"] {
        case nil, "started", "fully_allocated": waitsUntilStarted = true
        case "starting": waitsUntilStarted = false
        case .some(let state):
            throw .illegalArgument("[wait_for] must be one of [starting, started, fully_allocated] but was [\(state)]")
        }
        timeout = try parameters.duration("timeout") ?? Self.defaultTimeout
    }

    private static func positive(_ name: String, _ parameters: QueryParameters) throws(ElasticsearchError) -> Int? {
        guard let value = try parameters.int(name) else { return nil }
        guard value > 0 else { throw .illegalArgument("[\(name)] must be a positive integer") }
        return value
    }
}
