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

    /// Counts what a part has done.
    mutating func add(_ part: ByQueryCounts) {
        total += part.total
        created += part.created
        updated += part.updated
        deleted += part.deleted
        batches += part.batches
        versionConflicts += part.versionConflicts
        noops += part.noops
        throttled += part.throttled
    }
}

/// The counts of an operation that goes on, to be looked at from outside.
public final class ByQueryProgress: Sendable {
    /// What is done: the answers count different things.
    public enum Kind: Sendable {
        case delete, update, reindex
    }

    public let kind: Kind
    /// Those of the parts that it is done in; none: it is done as a whole.
    public let slices: [ByQueryProgress]
    private let state: Mutex<ByQueryCounts>
    private let written = Mutex<Set<String>>([])

    init(_ kind: Kind, requestsPerSecond: Double?, slices: Int = 1) {
        self.kind = kind
        var counts = ByQueryCounts()
        counts.requestsPerSecond = requestsPerSecond
        state = Mutex(counts)
        self.slices =
            slices > 1
            ? (0..<slices).map { _ in ByQueryProgress(kind, requestsPerSecond: requestsPerSecond.map { $0 / Double(slices) }) } : []
    }

    /// Of all parts.
    public var counts: ByQueryCounts {
        slices.reduce(into: state.withLock { $0 }) { $0.add($1.counts) }
    }

    /// The indices that documents were written to, of all parts.
    var writtenIndices: Set<String> { slices.reduce(into: written.withLock { $0 }) { $0.formUnion($1.writtenIndices) } }

    func noteWrite(to index: String) { written.withLock { _ = $0.insert(index) } }

    func update(_ body: (inout ByQueryCounts) -> Void) { state.withLock { body(&$0) } }

    /// From the next batch on.
    public func setRequestsPerSecond(_ number: Double?) {
        update { $0.requestsPerSecond = number }
        for slice in slices { slice.setRequestsPerSecond(number.map { $0 / Double(slices.count) }) }
    }
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
    /// Of each part; none where it was done as a whole.
    public var slices: [ByQueryCounts]

    public init(
        kind: ByQueryProgress.Kind, counts: ByQueryCounts, failures: [Failure] = [], wasCancelled: Bool = false,
        took: Duration = .zero, slices: [ByQueryCounts] = []
    ) {
        self.slices = slices
        self.kind = kind
        self.counts = counts
        self.failures = failures
        self.wasCancelled = wasCancelled
        self.took = took
    }
}
