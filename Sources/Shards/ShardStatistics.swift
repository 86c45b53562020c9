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
}
