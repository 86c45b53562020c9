/// What a deployment has done since it was started.
public struct DeploymentStatistics: Sendable, Equatable {
    public let id: String
    public let modelID: String
    public let state: DeploymentState
    /// Why it failed, if it did.
    public let failure: ModelLoadingError?
    /// The memory of the model's weights; nil while it is not loaded.
    public let weightBytes: Int?
    /// Milliseconds since 1970.
    public let startTime: Int
    public let lastAccess: Int?
    /// With the service's defaults where the request left something open.
    public let configuration: DeploymentConfiguration
    /// Items that wait now.
    public let queueDepth: Int
    public let counts: DeploymentCounts
    public let throughput: Throughput
}

/// Counts of items since the start.
public struct DeploymentCounts: Sendable, Equatable {
    /// Items whose vector was given, those from the cache included.
    public var inferences = 0
    public var cacheHits = 0
    /// Batches that the items were encoded in.
    public var batches = 0
    /// Items that the encoder or the image decoder refused.
    public var errors = 0
    public var timeouts = 0
    /// Items refused because the queue was full.
    public var rejections = 0
    /// Spent encoding, all batches together.
    public var encodingTime = Duration.zero

    public init() {}

    /// For each item; nil before the first.
    public var averageTime: Duration? { inferences == 0 ? nil : encodingTime / inferences }
    /// For each item that was encoded; nil before the first.
    public var averageEncodingTime: Duration? {
        inferences == cacheHits ? nil : encodingTime / (inferences - cacheHits)
    }
}
