/// How a model is to be served.
public struct DeploymentConfiguration: Sendable, Equatable {
    /// Threads for the encoder; nil takes the service's default.
    public var threads: Int?
    /// The most items that wait, and the most pictures that are prepared; more are refused.
    public var queueCapacity: Int
    public var batch: BatchLimits

    public init(threads: Int? = nil, queueCapacity: Int = 1024, batch: BatchLimits = BatchLimits()) {
        self.threads = threads
        self.queueCapacity = queueCapacity
        self.batch = batch
    }
}

/// How large a batch may become. A larger one is no faster for each item and makes everyone in it wait longer.
public struct BatchLimits: Sendable, Equatable {
    public var images: Int
    public var texts: Int
    /// The sum over a batch's texts; a single longer text is a batch of its own.
    public var tokens: Int

    public init(images: Int = 8, texts: Int = 64, tokens: Int = 1024) {
        self.images = images
        self.texts = texts
        self.tokens = tokens
    }
}
