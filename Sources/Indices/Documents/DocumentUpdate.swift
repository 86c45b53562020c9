public import JSON
public import Query

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
    public var script: DocumentScript?
    /// The script also runs on `upsert`.
    public var isScriptedUpsert = false
    /// What of the new source the answer shows; nil: it shows none.
    public var shown: SourceFilter?
    /// How often the update is tried again where another write came between.
    public var retries = 0

    public init() {}
}

/// A script that changes documents: what `_update`, `_update_by_query` and `_reindex` share.
public struct DocumentScript: Equatable, Sendable {
    /// Where a script runs; part of what is said where it may not.
    public enum Use: String, Sendable {
        case update
        case updateByQuery = "update_by_query"
        case reindex
    }

    /// Nil for one that is stored under `id`.
    public var source: String?
    public var id: String?
    public var language: String?
    public var parameters: JSONMembers

    public init(source: String? = nil, id: String? = nil, language: String? = nil, parameters: JSONMembers = [:]) {
        self.source = source
        self.id = id
        self.language = language
        self.parameters = parameters
    }

    /// What a script reads and changes: Elasticsearch's `ctx`.
    struct Context: Sendable {
        enum Operation: String, Sendable {
            case index, create, delete
            case none
        }

        var index: String
        var id: String
        var routing: String?
        var version: Int64?
        var source: JSONValue
        var operation: Operation
    }

    /// Where the script language joins: runs the script on a document.
    ///
    /// - Throws: `IndicesError.scriptsNotSupported`: there is no language yet.
    func run(_ use: Use, on context: Context) throws(IndicesError) -> Context {
        throw .scriptsNotSupported(use)
    }
}
