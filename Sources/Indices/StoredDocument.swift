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
}
