public import Files
public import Mapping
public import Query
public import Shards

/// What can go wrong between a request and the shards, with the facts a client is told.
public enum IndicesError: FileErrorWrapping, Sendable {
    case indexNotFound(String)
    case indexAlreadyExists(name: String, uuid: String)
    case invalidIndexName(String, reason: String)
    case unknownSetting(String)
    case invalidSetting(key: String, value: String, reason: String)
    /// A mapping that cannot be read or merged, for `index`.
    case mapping(MappingError, index: String)
    /// A document that is refused; `id` is its own or the one it would have had.
    case document(DocumentParsingError, id: String)
    /// A write that its shard refused.
    case write(WriteRefusal, index: String, uuid: String)
    /// The mapping requires a routing value, and the operation has none.
    case routingMissing(index: String, id: String)
    /// `require_alias` was asked for, and the target is an index.
    case aliasRequired(String)
    /// `require_data_stream` was asked for, and the target is an index.
    case dataStreamRequired(String)
    /// An update of a document that is not there.
    case documentMissing(id: String, index: String, uuid: String)
    /// An update of a document whose source is not stored.
    case sourceMissing(id: String, index: String, uuid: String)
    /// A document that is read has another version than the one asked for.
    case versionMismatch(id: String, current: Int64, provided: Int64, index: String, uuid: String)
    /// A script where none can be run.
    case scriptsNotSupported(DocumentScript.Use)
    /// Shards that could not answer a search; partial: others could, but all were wanted.
    case searchFailed([ShardFailure], isPartial: Bool)
    /// A scroll or a point in time that was closed or has expired.
    case searchContextMissing(number: Int)
    /// A text that is no id of a scroll or point in time.
    case malformedContextID(String, kind: SearchContextKind)
    case tooManySearchContexts(kind: SearchContextKind, limit: Int)
    /// Durations as the client wrote them.
    case keepAliveTooLong(requested: Duration, limit: Duration)
    /// `search_after` that does not fit to the sort.
    case searchAfterMismatch(values: Int, keys: Int)
    case searchAfterNotANumber(String, key: String)
    case scrollBatchTooLarge(requested: Int, limit: Int)
    /// A task that is not running and left no result.
    case taskNotFound(String)
    /// A remote host that the settings do not list.
    case remoteNotAllowed(String)
    /// A remote node that did not answer as expected.
    case remote(host: String, status: Int?, reason: String)
    /// A query that the index's mapping does not allow.
    case planning(PlanningError, index: String, uuid: String)
    /// A text to embed without the model that should do it.
    case modelMissing
    case invalidDateFormat(String)
    case emptyDocumentID
    case documentIDTooLong(bytes: Int)
    case resultWindowTooLarge(requested: Int, limit: Int)
    /// A file of the data directory that cannot be used; `path` names it.
    case damagedFile(path: String, reason: String)
    case file(FileError)
    /// Another process holds the data directory.
    case dataDirectoryInUse(path: String)
    /// The node is stopping and takes no more work.
    case stopping
}
