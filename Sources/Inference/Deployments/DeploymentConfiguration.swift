public import MatrixKernels

/// How a model is to be served.
public struct DeploymentConfiguration: Sendable, Equatable {
    /// Each is a thread.
    public static let maximumAllocations = 256
    /// Elasticsearch's own limit.
    public static let maximumThreads = 32

    /// How many batches are encoded at a time. All share the weights.
    public var allocations: Int
    /// Threads that encode one batch; nil takes the service's default.
    public var threads: Int?
    /// The most items that wait, and the most pictures that are prepared; more are refused.
    public var queueCapacity: Int
    /// Bytes of texts' vectors that are kept for the next time; 0 keeps none.
    public var cacheBytes: Int
    public var priority: DeploymentPriority
    /// How the weights are kept; nil takes the service's default.
    public var precision: Precision?
    public var batch: BatchLimits

    public init(
        allocations: Int = 1, threads: Int? = nil, queueCapacity: Int = 1024,
        cacheBytes: Int = 32 << 20, priority: DeploymentPriority = .normal, precision: Precision? = nil,
        batch: BatchLimits = BatchLimits()
    ) {
        self.allocations = allocations
        self.threads = threads
        self.queueCapacity = queueCapacity
        self.cacheBytes = cacheBytes
        self.priority = priority
        self.precision = precision
        self.batch = batch
    }
}

/// Whose batches come first where the processors are busy.
public enum DeploymentPriority: String, Sendable, Equatable {
    case normal
    /// Gives way to all else: one allocation of one thread, which the system favours less.
    case low
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
