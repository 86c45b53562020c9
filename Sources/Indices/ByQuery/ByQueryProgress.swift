internal import Synchronization

/// What an operation by query has done so far.
public struct ByQueryCounts: Equatable, Sendable {
    public var total = 0
    public var created = 0
    public var updated = 0
    public var deleted = 0
    public var batches = 0
    public var versionConflicts = 0
    public var noops = 0
    public var throttled = Duration.zero
    /// Nil: not limited.
    public var requestsPerSecond: Double?

    public init() {}
}

/// The counts of an operation that goes on, to be looked at from outside.
public final class ByQueryProgress: Sendable {
    /// What is done: the answers count different things.
    public enum Kind: Sendable {
        case delete, update, reindex
    }

    public let kind: Kind
    private let state: Mutex<ByQueryCounts>

    init(_ kind: Kind, requestsPerSecond: Double?) {
        self.kind = kind
        var counts = ByQueryCounts()
        counts.requestsPerSecond = requestsPerSecond
        state = Mutex(counts)
    }

    public var counts: ByQueryCounts { state.withLock { $0 } }

    func update(_ body: (inout ByQueryCounts) -> Void) { state.withLock { body(&$0) } }

    /// From the next batch on.
    public func setRequestsPerSecond(_ number: Double?) { update { $0.requestsPerSecond = number } }
}

/// What came of an operation by query.
public struct ByQueryResult: Sendable {
    /// A document that could not be written.
    public struct Failure: Sendable {
        public var index: String
        public var id: String?
        public var error: any Error

        public init(index: String, id: String?, error: any Error) {
            self.index = index
            self.id = id
            self.error = error
        }
    }

    public var kind: ByQueryProgress.Kind
    public var counts: ByQueryCounts
    public var failures: [Failure]
    public var wasCancelled: Bool
    public var took: Duration

    public init(
        kind: ByQueryProgress.Kind, counts: ByQueryCounts, failures: [Failure] = [], wasCancelled: Bool = false,
        took: Duration = .zero
    ) {
        self.kind = kind
        self.counts = counts
        self.failures = failures
        self.wasCancelled = wasCancelled
        self.took = took
    }
}
