internal import CVectorKernels
internal import Files
public import Ordinals
internal import Synchronization

/// The vectors of one field in one shard, and graphs that find the nearest of them.
///
/// It is the vectors themselves, mapped from disk (`RawVectors`), and parts that find candidates among them by codes in
/// memory (`GrowingPart`, `SealedPart`); candidates are then compared exactly.
///
/// The index knows ordinals only. A vector is first appended (`append`), which puts it on disk once `synchronize()`
/// returns, and then inserted (`insert`), which lets searches find it. The graph is kept in memory and written to
/// disk by `checkpoint`; what was inserted after the last checkpoint is for the opener to insert again.
/// Deleting is not accepting: searches return what their `accepting` set holds, and `remove` clears away the dead.
///
/// Searches never wait. Insertions run beside one another and beside searches; `checkpoint` and `remove` hold back
/// insertions.
public final class VectorIndex: Sendable {
    public static let maximumOrdinal: UInt32 = CVK_MAXIMUM_NODES - 1

    /// What to do with the graphs that are there when the index is opened.
    public enum Opening: Sendable {
        case restoringGraphs
        /// Begins with an empty graph over the raw vectors, and removes all that was derived from them: for damaged files.
        case discardingGraphs
    }

    public let configuration: VectorIndexConfiguration
    public let directory: String

    let vectors: RawVectors
    /// Changed under `insertions`, held exclusively, or by the opener.
    let parts: Mutex<Parts>
    let contexts = SearchContexts()
    /// Shared by insertions; exclusive for what needs the graph at rest.
    let insertions = ReadWriteLock()
    let closing: Interrupt
    /// Of sealing that nobody waits for.
    let sealingGrown: Interrupt
    /// Held by the one checkpoint that is being written.
    let checkpoints = Mutex(())
    let changes = Atomic(0)

    /// Opens the index in `directory`, which is created if it is missing.
    ///
    /// - Throws: `damagedFile`, `unsupportedVersion` or `configurationMismatch`, which name the file. If it `isDerived`,
    ///   open again with `.discardingGraphs` and insert all vectors.
    public init(
        directory: String, configuration: VectorIndexConfiguration, opening: Opening = .restoringGraphs
    ) throws(VectorIndexError) {
        try VectorIndexError.wrapping(Directory.create(directory))
        closing = Interrupt()
        sealingGrown = Interrupt(within: closing)
        self.configuration = configuration
        self.directory = directory
        vectors = try RawVectors(directory: directory, configuration: configuration)
        let graphs = GraphsOnDisk(directory: directory, configuration: configuration)
        if opening == .discardingGraphs { try graphs.discard() }
        parts = Mutex(try graphs.restore(over: vectors))
    }

    /// Whether a file of an index can be made again from the vectors.
    public static func isDerived(_ path: String, in directory: String) -> Bool {
        GraphsOnDisk.isDerived(path, in: directory)
    }

    /// The parts as they are now. Those that are replaced later stay searchable as long as this is held.
    var currentParts: Parts { parts.withLock { $0 } }

    /// The part that insertions go to.
    var growing: GrowingPart { parts.withLock { $0.growing } }

    /// The checkpoint's path.
    public static func graphPath(in directory: String) -> String { directory + "/" + GraphFile.fileName }

    /// The raw vectors' path.
    public static func vectorsPath(in directory: String, elementType: ElementType = .float) -> String {
        directory + "/" + RawVectors.fileName(elementType)
    }

    /// Vectors inserted and removed since the last checkpoint: what a crash now would leave to do again.
    public var changesSinceCheckpoint: Int { changes.load(ordering: .acquiring) }

    public var statistics: VectorIndexStatistics {
        VectorIndexStatistics(currentParts, configuration, rawBytesPerVector: vectors.header.rowBytes)
    }

    /// Vectors that wait to be sealed; none where there is no graph.
    public var unsealedCount: Int { configuration.hasGraph ? currentParts.unsealedCount : 0 }

    /// Whether the ordinal's vector was inserted, and not removed since.
    public func contains(_ ordinal: UInt32) -> Bool { currentParts.contains(ordinal) }

    /// The ordinals that were inserted, and not removed since.
    ///
    /// - Complexity: O(*n*) in the greatest ordinal.
    public var members: OrdinalSet { currentParts.members(below: vectors.rows.count) }

    /// Checks the rows of some ordinals by their checksums; those without a vector are left alone.
    ///
    /// - Throws: `damagedFile`, which names the first row that is not what was written.
    public func verify(_ ordinals: some Collection<UInt32>) throws(VectorIndexError) {
        let rows = vectors.rows(for: ordinals)
        for ordinal in ordinals { _ = try vectors.verifiedRow(ordinal, in: rows) }
    }

    /// The vector as it was appended, but for rounding (under cosine, and to bfloat16); nil if none was.
    public func vector(at ordinal: UInt32) throws(VectorIndexError) -> [Float]? { try vectors.vector(at: ordinal) }
}
