public import JSON
public import Query

/// A document to be read by its id: what `_doc`, `_source` and each entry of `_mget` ask for.
public struct DocumentRequest: Sendable {
    public var index: String
    public var id: String
    public var routing: String?
    /// As it is now; else as searches see it.
    public var isRealTime = true
    /// Makes what was written visible before reading.
    public var refreshes = false
    /// Only this version is wanted.
    public var version: Int64?
    /// `source`, `excludesVectors` and `storedFields` count.
    public var fetch = Fetch()

    public init(index: String, id: String) {
        self.index = index
        self.id = id
    }
}

/// A document that was read, as far as it is to be shown.
public struct FetchedDocument: Sendable {
    public var document: StoredDocument
    /// Nil where it is not stored, or not wanted.
    public var source: JSONValue?
    /// Values of stored fields.
    public var fields: JSONMembers

    public init(_ document: StoredDocument, source: JSONValue?, fields: JSONMembers = [:]) {
        self.document = document
        self.source = source
        self.fields = fields
    }
}
