/// A document as `GET _doc` shows it, read in real time.
public struct StoredDocument: Sendable {
    public var index: String
    public var id: String
    public var routing: String?
    public var version: Int64
    public var sequenceNumber: Int64
    public var primaryTerm: Int64
    /// The JSON text that is stored; nil where the mapping disables `_source`.
    public var source: [UInt8]?

    public init(
        index: String, id: String, routing: String? = nil, version: Int64, sequenceNumber: Int64, primaryTerm: Int64,
        source: [UInt8]?
    ) {
        self.index = index
        self.id = id
        self.routing = routing
        self.version = version
        self.sequenceNumber = sequenceNumber
        self.primaryTerm = primaryTerm
        self.source = source
    }
}
