/// A document as it is stored.
public struct ShardDocument: Equatable, Sendable {
    public var ordinal: UInt32
    public var id: String
    public var version: Int64
    public var sequenceNumber: Int64
    public var primaryTerm: Int64 { Shard.primaryTerm }
    public var routing: String?
    /// The JSON as sent, or what the mapping's `_source` keeps of it; nil when `_source` is disabled.
    public var source: [UInt8]?

    public init(
        ordinal: UInt32, id: String, version: Int64, sequenceNumber: Int64, routing: String?, source: [UInt8]?
    ) {
        self.ordinal = ordinal
        self.id = id
        self.version = version
        self.sequenceNumber = sequenceNumber
        self.routing = routing
        self.source = source
    }
}
