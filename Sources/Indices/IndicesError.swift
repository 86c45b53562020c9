public import Analysis
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
    /// Analyzers that cannot be made of an index's settings, or a text that cannot be analysed.
    case analysis(AnalysisError)
    /// A request to analyse that makes no sense; Elasticsearch has a sentence for each.
    case analyzeRequest(AnalyzeRequest.Problem)
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
