internal import Dispatch
public import Logging
internal import Mapping
internal import Synchronization
internal import VectorIndex

/// One shard: a directory with documents, field indexes and vectors, written by one thread and searched by any.
///
/// Three things happen at different times. A write is *durable* when `write` returns, and `document(id:)` sees it.
/// Its vectors then join the graphs in the background. `refresh` waits for them and publishes a view, and from then
/// on searches find the document.
public final class Shard: Sendable {
    /// There is one copy of a shard and no election: the term never changes.
    public static let primaryTerm: Int64 = 1

    public let directory: String
    let configuration: ShardConfiguration
    let logger: Logger
    let store: DocumentStore
    let state: Mutex<ShardState>
    let published: Mutex<ShardView>
    let leases = ViewLeases()
    let counters = ShardCounters()
    let requests = WriteRequests()
    /// Commits run here, one after the other.
    let writer = DispatchQueue(label: "shard.writer")
    /// What changes graphs runs here, in the order of the commits.
    let graphs = DispatchQueue(label: "shard.graphs")
    /// The first failure to insert into a graph: searches would miss documents from then on.
    let graphFailure = Mutex<ShardError?>(nil)

    /// Opens the shard in a directory, creating it if it is missing, and recovers what a crash left.
    ///
    /// Documents whose vectors the last checkpoint of a graph does not cover are inserted again; a damaged graph is
    /// built anew from the vectors.
    ///
    /// - Throws: `ShardError.damagedFile` naming the file if documents or vectors cannot be trusted, and others.
    /// - Complexity: O(documents), plus the graph insertions of those written since the last `flush`.
    public init(
        directory: String, configuration: ShardConfiguration = ShardConfiguration(), logger: Logger
    ) throws(ShardError) {
        self.directory = directory
        self.configuration = configuration
        self.logger = logger
        try Directory.create(directory)
        store = try DocumentStore(directory: directory, readers: configuration.readers)
        let recovered = try ShardRecovery(
            directory: directory, store: store, graphThreads: configuration.graphThreads, logger: logger
        ).run()
        published = Mutex(
            ShardView(recovered, store: store, lease: leases.take(recovered.generation), counters: counters))
        state = Mutex(recovered)
    }

    /// What searches see: the documents as of the last refresh.
    public var view: ShardView { published.withLock { $0 } }

    /// Whether something was written since the last refresh.
    public var needsRefresh: Bool {
        let generation = view.generation
        return state.withLock { $0.generation != generation }
    }

    /// The document that an id has now, refreshed or not.
    ///
    /// - Throws: `ShardError`.
    public func document(id: String) throws(ShardError) -> ShardDocument? {
        counters.gets.add(1, ordering: .relaxed)
        return try store.document(id: id)
    }

    /// Flushes and closes the files. Nothing may be written or searched afterwards.
    ///
    /// - Throws: `ShardError`.
    public func close() async throws(ShardError) {
        try await flush()
        try store.close()
    }
}

/// Sizes of a shard's moving parts.
public struct ShardConfiguration: Equatable, Sendable {
    /// Threads that insert into a graph at once.
    public var graphThreads: Int
    /// Database connections for reading.
    public var readers: Int
    /// Vectors waiting for their graph, from which on writers wait too.
    public var maximumPendingVectors: Int
    /// Superseded ordinals, from which on a refresh purges their rows if they are also a quarter of the live ones.
    public var purgeThreshold: Int

    public init(
        graphThreads: Int = 2, readers: Int = 8, maximumPendingVectors: Int = 16_384, purgeThreshold: Int = 10_000
    ) {
        self.graphThreads = graphThreads
        self.readers = readers
        self.maximumPendingVectors = maximumPendingVectors
        self.purgeThreshold = purgeThreshold
    }
}
