internal import Dispatch
internal import FieldIndex
internal import Files
public import Logging
public import Mapping
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
    let fields: ShardFields
    let requests = WriteRequests()
    /// Commits run here, one after the other.
    let writer = DispatchQueue(label: "shard.writer")
    /// What changes graphs runs here, in the order of the commits.
    let graphs = DispatchQueue(label: "shard.graphs")
    /// What seals parts of graphs runs here, beside insertions.
    let sealer = DispatchQueue(label: "shard.sealer", qos: .utility)
    /// The commit that was the last when sealing was last thought of.
    let quietSince = Mutex(-1)
    /// Whether graphs lack vectors that could not be inserted: the next refresh tries again.
    let insertionsFailed = Atomic(false)

    /// Makes an empty shard in a directory, which may be missing; the one above it is there.
    ///
    /// - Throws: `ShardError`, also if there is a shard already.
    public static func create(in directory: String) throws(ShardError) {
        try ShardError.wrapping(Directory.create(directory))
        try DocumentStore.create(in: directory)
    }

    /// Opens the shard in a directory, and recovers what a crash left.
    ///
    /// Vectors that the last checkpoint of a graph misses are inserted again; a damaged graph is built anew.
    ///
    /// - Throws: `ShardError.damagedFile` naming the file if documents or vectors are missing or cannot be trusted, and
    ///   others.
    /// - Parameter mapping: the index's: what the field index's files lack is made anew from the documents by it.
    /// - Complexity: O(documents), plus the graph insertions and the parsing of those written since the last flush.
    public init(
        directory: String, mapping: Mapping, configuration: ShardConfiguration = ShardConfiguration(), logger: Logger
    ) throws(ShardError) {
        self.directory = directory
        self.configuration = configuration
        self.logger = logger
        store = try DocumentStore(directory: directory, readers: configuration.readers)
        let recovered = try ShardRecovery(
            directory: directory, store: store, mapping: mapping, graphThreads: configuration.graphThreads, logger: logger
        ).run()
        fields = ShardFields(
            recovered.segments, directory: recovered.segmentDirectory, end: recovered.state.nextOrdinal)
        published = Mutex(
            ShardView(
                recovered.state, fields: FieldIndexView(recovered.segments), store: store,
                lease: leases.take(recovered.state.generation), counters: counters))
        state = Mutex(recovered.state)
    }

    /// What searches see: the documents as of the last refresh.
    public var view: ShardView { published.withLock { $0 } }

    /// The document that an id has now, refreshed or not.
    ///
    /// - Throws: `ShardError`.
    public func document(id: String) throws(ShardError) -> ShardDocument? {
        counters.gets.add(1, ordering: .relaxed)
        return try store.document(id: id)
    }

    /// What models made of a document's semantic fields; nil: nothing.
    ///
    /// - Throws: `ShardError`.
    public func inference(of document: ShardDocument) throws(ShardError) -> InferenceFields? {
        try store.inference(of: [document.ordinal])[document.ordinal]
    }

    /// Closes the files, whatever else fails. Nothing may be written or searched afterwards.
    ///
    /// - Parameter flushing: not for a shard that is about to be deleted.
    /// - Throws: `ShardError`.
    public func close(flushing: Bool = true) async throws(ShardError) {
        state.withLock { $0 }.vectorFields.values.forEach { $0.index.stopSealing() }
        do throws(ShardError) {
            if flushing { try await flush() }
        } catch {
            try store.close()
            throw error
        }
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
    /// Documents waiting for the field index, from which on writers wait too.
    public var maximumPendingDocuments: Int
    /// Superseded ordinals, from which on a refresh purges their rows if they are also a quarter of the live ones.
    public var purgeThreshold: Int
    /// Changes of a graph since its checkpoint, from which on the next is due if they are also a tenth of its members; and
    /// documents since the field index was last written, from which on it is due.
    public var checkpointThreshold: Int
    /// Vectors inserted one by one, from which on they are built into a sealed part in the background.
    public var sealThreshold: Int
    /// The same for a shard that nothing was written to since the last flush.
    public var quietSealThreshold: Int
    /// Threads that build sealed parts in the background.
    public var sealThreads: Int

    public init(
        graphThreads: Int = 2, readers: Int = 8, maximumPendingVectors: Int = 16_384,
        maximumPendingDocuments: Int = 65_536, purgeThreshold: Int = 10_000,
        checkpointThreshold: Int = 10_000, sealThreshold: Int = 50_000, quietSealThreshold: Int = 2000, sealThreads: Int = 1
    ) {
        self.graphThreads = graphThreads
        self.readers = readers
        self.maximumPendingVectors = maximumPendingVectors
        self.maximumPendingDocuments = maximumPendingDocuments
        self.purgeThreshold = purgeThreshold
        self.checkpointThreshold = checkpointThreshold
        self.sealThreshold = sealThreshold
        self.quietSealThreshold = quietSealThreshold
        self.sealThreads = sealThreads
    }
}
