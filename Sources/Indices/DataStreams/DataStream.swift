/// A name for indices of documents with a time: the last one is written to, all are searched.
///
/// Nothing of it is kept but what its indices say.
///
/// Reference: https://www.elastic.co/docs/manage-data/data-store/data-streams
public struct DataStream: Sendable {
    public var name: String
    /// Its indices, the oldest first; at least one.
    public var indices: [IndexStatistics]
    public var options: DataStreamOptions
    /// The template that its next index is made of; nil: it is there no more.
    public var template: String?

    public var generation: Int { indices.last?.metadata.dataStream?.generation ?? 0 }
}
