public import JSON
public import Query
public import Scripts

/// What `_update` does to a document: a partial document or a script, and what is written where there is none.
public struct DocumentUpdate: Sendable {
    /// An object to be merged into the stored one.
    public var document: JSONElement?
    /// An object that is written if there is no document.
    public var upsert: JSONElement?
    /// `document` is written if there is none.
    public var upsertsDocument = false
    /// A merge that changes nothing writes nothing.
    public var detectsNoop = true
    public var script: ScriptReference?
    /// The script also runs on `upsert`.
    public var isScriptedUpsert = false
    /// What of the new source the answer shows; nil: it shows none.
    public var shown: SourceFilter?
    /// How often the update is tried again where another write came between.
    public var retries = 0

    public init() {}
}
