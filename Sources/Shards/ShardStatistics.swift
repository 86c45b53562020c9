/// What a shard holds.
public struct ShardStatistics: Equatable, Sendable {
    /// Documents that searches see, and the nested objects in them: as Elasticsearch counts, one by one.
    public var documents: Int
    /// Documents deleted or overwritten, and the nested objects in them, whose rows are still there.
    public var deletedDocuments: Int
    /// Bytes on disk: database, log, vectors, graphs.
    public var storeBytes: Int
    /// The number of the last change; -1 before the first.
    public var maximumSequenceNumber: Int64
    /// Operations since the shard was opened, with what they were.
    public var indexed: Int
    public var deleted: Int
    public var searches: Int
    public var fetches: Int
    public var gets: Int
    public var refreshes: Int
    public var flushes: Int
    /// Of each field that holds vectors, by name.
    public var vectors: [VectorFieldStatistics] = []
}

/// What a shard holds of a field of vectors.
public struct VectorFieldStatistics: Equatable, Sendable {
    public var field: String
    /// Vectors that searches can find.
    public var count: Int
    /// Bytes of the raw vectors, and of all that finds candidates among them.
    public var rawBytes: Int
    public var residentBytes: Int
    /// Bits of a code for each dimension; 0: there are no codes.
    public var codeBits: Int
    public var dimensions: Int
    public var hasGraph: Bool

    /// Bytes of the codes, without what belongs to each beside its dimensions.
    public var codeBytes: Int { count * dimensions * codeBits / 8 }
    /// Bytes of the links; none where there is no graph.
    public var graphBytes: Int { hasGraph ? max(count, residentBytes - codeBytes) : 0 }
}
