internal import CVectorKernels
internal import Files
internal import Synchronization
internal import VectorKernels

/// The vectors of one field in one shard, and a graph that finds the nearest of them.
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

    /// What to do with a checkpoint that is there when the index is opened.
    public enum Opening: Sendable {
        case restoringGraph
        /// Begins with an empty graph over the raw vectors, and removes the checkpoint: for a damaged one.
        case discardingGraph
    }

    public let configuration: VectorIndexConfiguration
    public let directory: String

    let vectors: RawVectors
    let graph: HNSWGraph
    let contexts = SearchContexts()
    /// Shared by insertions; exclusive for what needs the graph at rest.
    let insertions = ReadWriteLock()
    /// Held by the one checkpoint that is being written.
    let checkpoints = Mutex(())
    let changes = Atomic(0)

    /// Opens the index in `directory`, which is created if it is missing.
    ///
    /// - Throws: `damagedFile`, `unsupportedVersion` or `configurationMismatch`, which name the file. If that is
    ///   `graphPath(in:)`, open again with `.discardingGraph` and insert all vectors.
    public init(
        directory: String, configuration: VectorIndexConfiguration, opening: Opening = .restoringGraph
    ) throws(VectorIndexError) {
        try VectorIndexError.wrapping(Directory.create(directory))
        self.configuration = configuration
        self.directory = directory
        vectors = try RawVectors(directory: directory, configuration: configuration)
        graph = try HNSWGraph(m: configuration.m, efConstruction: configuration.efConstruction)
        let path = Self.graphPath(in: directory)
        switch opening {
        case .discardingGraph:
            try VectorIndexError.wrapping(Path.remove(path))
        case .restoringGraph:
            guard try VectorIndexError.wrapping(Path.exists(path)) else { break }
            try GraphFile(path: path, configuration: configuration).restore(graph)
            guard graph.facts.end <= vectors.rows.count else { throw .damagedFile(path: vectors.path, .truncated) }
        }
    }

    /// The checkpoint's path.
    public static func graphPath(in directory: String) -> String { directory + "/" + GraphFile.fileName }

    /// The raw vectors' path.
    public static func vectorsPath(in directory: String, elementType: ElementType = .float) -> String {
        directory + "/" + RawVectors.fileName(elementType)
    }

    /// Vectors inserted and removed since the last checkpoint: what a crash now would leave to do again.
    public var changesSinceCheckpoint: Int { changes.load(ordering: .acquiring) }

    public var statistics: VectorIndexStatistics {
        VectorIndexStatistics(facts: graph.facts, configuration: configuration, rowBytes: vectors.header.rowBytes)
    }

    /// Whether the ordinal's vector was inserted, and not removed since.
    public func contains(_ ordinal: UInt32) -> Bool { graph.contains(ordinal) }

    /// The ordinals that were inserted, and not removed since.
    ///
    /// - Complexity: O(*n*) in the greatest ordinal.
    public var members: OrdinalSet { OrdinalSet((0..<graph.facts.end).filter { graph.contains($0) }) }

    /// The vector as it was appended, but for rounding (under cosine, and to bfloat16); nil if none was.
    public func vector(at ordinal: UInt32) throws(VectorIndexError) -> [Float]? { try vectors.vector(at: ordinal) }

    /// The rows, which are floats, and links that a walk may use now. Links that come later may lead to rows outside it:
    /// those are passed over.
    var space: cvk_space {
        let end = graph.facts.end
        let rows = vectors.rows
        return cvk_space(
            kernels: VectorKernels.best.table, euclidean: configuration.metric == .euclidean,
            dimensions: configuration.dimensions, rows: rows.base.assumingMemoryBound(to: Float.self),
            stride: vectors.header.rowBytes / 4, limit: min(end, rows.count))
    }

    /// The space with `ordinal` in it.
    func space(including ordinal: UInt32) -> cvk_space {
        var space = space
        space.limit = min(vectors.rows.count, max(space.limit, ordinal + 1))
        return space
    }
}
