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
    /// It is closed, and the request needs it open.
    case indexClosed(name: String, uuid: String)
    /// Its shards cannot be used, at least not yet.
    case indexUnavailable(name: String, reason: String)
    /// A write wants more copies of a shard than there are.
    case tooFewCopies(index: String, shard: Int, isAll: Bool, needed: Int, timeout: String)
    /// The index refuses what is asked for by its own settings.
    case blocked(index: String, by: [IndexBlock])
    /// The name of an index to be made is an alias's.
    case nameIsAlias(String)
    case invalidDateMath(String, reason: String)
    /// `action.auto_create_index` does not allow that a write makes the index.
    case automaticCreationRefused(String, setting: String, isPattern: Bool)
    /// Patterns where only names may stand, by `action.destructive_requires_name`.
    case wildcardsNotAllowed

    case invalidAliasName(String, reason: String)
    /// The name of an alias to be made is an index's.
    case aliasIsIndex(String)
    /// None of the aliases to be removed is there.
    case aliasesMissing([String])
    /// An alias that must exist does not.
    case requiredAliasMissing(String)
    /// An alias where only names of indices may stand.
    case aliasesNotExpected(String)
    case noWriteIndex(alias: String)
    case severalWriteIndices(alias: String, indices: [String])
    case aliasHiddenInPart(alias: String, hidden: [String], visible: [String])
    /// What is to be rolled over is no alias.
    case rolloverTargetNotAlias(String)
    /// An index whose name does not say what its successor's would be.
    case noRolloverNumber(String)
    /// An alias of several indices where only one may be meant.
    case aliasOfSeveral(alias: String, indices: [String])
    /// A write with its own routing to an alias with another one.
    case routingOfAlias(alias: String, indexRouting: String, routing: String)
    case invalidAliasFilter(alias: String, cause: any Error)
    /// A query that is kept as JSON, and nobody who could read it.
    case queryNotReadable

    case unknownSetting(String)
    case invalidSetting(key: String, value: String, reason: String)
    case settingsNotDynamic([String], index: String, uuid: String)
    case finalSetting(String, index: String)
    case privateSetting(String)
    /// - Parameter isFixed: it is known and cannot change while the node runs.
    case unknownClusterSetting(String, isFixed: Bool)

    case invalidTemplate(name: String, reason: String)
    case templateExists(kind: String, name: String)
    case templateMissing(String)
    case overlappingTemplates(name: String, patterns: [String], priority: Int, others: [(name: String, patterns: [String])])
    case componentInUse(components: [String], templates: [String])
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
    /// `require_data_stream` was asked for, and the target is an index.
    case dataStreamRequired(String)
    /// `data_stream [s] already exists`
    case dataStreamExists(String)
    /// `no matching index template found for data stream [s]`, or one that has no data stream
    case noDataStreamTemplate(stream: String, template: String?)
    /// `cannot create index with name [i], because it matches with template [t] that creates data streams only, …`
    case templateOfDataStreams(index: String, template: String)
    /// `add voting config exclusions request would add [n] exclusions to the existing [m] which would exceed the maximum of [l] …`
    case tooManyVotingExclusions(adding: Int, former: Int, limit: Int)
    /// `only write ops with an op_type of create are allowed in data streams`
    case dataStreamCreatesOnly
    /// `index request with op_type=create targeting backing indices is disallowed`, and the same of one that has seen nothing
    case backingIndexWrite(isCreation: Bool)
    /// `index request targeting data stream [s] specifies a custom routing [r] …`
    case routingOfDataStream(stream: String, routing: String)
    /// `index [i] is the write index for data stream [s] and cannot be deleted`
    case writeIndexOfDataStream(index: String, stream: String)
    /// `cannot close the following data stream write indices [i]`
    case writeIndicesOfDataStreams([String])
    /// `cannot resize the write index [i] for data stream [s]`
    case resizeOfWriteIndex(index: String, stream: String)
    /// `data_stream [s] must not …`
    case invalidDataStreamName(String, reason: String)
    /// `new index name may not be specified when rolling over a data stream`, nor aliases, mappings and settings
    case dataStreamRollover(names: Bool)
    /// `unable to remove composable templates [t] as they are in use by a data streams [s]`
    case templatesInUse(templates: [String], streams: [String])
    /// A template beside which data streams would have none.
    case templateLeavesStreams(name: String, IndexTemplate, streams: [String])
    /// `data stream timestamp field [@timestamp] is of type [t], but [date,date_nanos] is expected`
    case timestampType(String)
    /// An update of a document that is not there.
    case documentMissing(id: String, index: String, uuid: String)
    /// An update of a document whose source is not stored.
    case sourceMissing(id: String, index: String, uuid: String)
    /// A document that is read has another version than the one asked for.
    case versionMismatch(id: String, current: Int64, provided: Int64, index: String, uuid: String)
    /// The script of an update that cannot be found, compiled or run.
    case scriptFailed(any Error)
    case scriptContext(ScriptContextProblem)
    /// `Time exceeded`
    case searchTimedOut
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
    case inferenceEndpointNotFound(String)
    case inferenceEndpointExists(String)
    /// An inference endpoint for another task than the one that is needed.
    case inferenceTaskMismatch(id: String, task: String)
    /// A query to embed without the inference endpoint that should do it; `knn` queries and the others have a text each.
    case inferenceIDMissing(isOfQuery: Bool)
    /// The vector of a document, to search with, that is not there.
    case lookup(VectorLookupProblem)
    /// An `_async_search` that is not kept, or no longer.
    case asyncSearchMissing(String)
    /// A text that no `_async_search` has for its id.
    case malformedAsyncSearchID(String)
    /// As many searches go on already for nobody who waits.
    case tooManyAsyncSearches(limit: Int)
    /// An index that cannot be cloned, shrunk or split.
    case resize(ResizeProblem)
    /// What of a search does not go together.
    case retrieval(RetrievalProblem)
    /// `[rrf] search failed - retrievers '[knn]' returned errors. …`
    case retrieversFailed(parent: String, children: [String], errors: [any Error])
    case invalidDateFormat(String)
    /// `unable to find script [x] in cluster state`
    case scriptNotFound(String)
    /// `stored script [x] does not exist and cannot be deleted`
    case storedScriptMissing(String)
    case scriptLanguageNotSupported(String)
    case emptyDocumentID
    case documentIDTooLong(bytes: Int)
    case resultWindowTooLarge(requested: Int, limit: Int)
    /// More than the index's settings let a search ask for.
    case searchLimitExceeded(SearchLimit, count: Int, limit: Int)
    /// A file of the data directory that cannot be used; `path` names it.
    case damagedFile(path: String, reason: String)
    case file(FileError)
    /// Another process holds the data directory.
    case dataDirectoryInUse(path: String)
    /// The node is stopping and takes no more work.
    case stopping
}
