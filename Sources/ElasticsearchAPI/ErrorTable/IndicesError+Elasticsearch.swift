internal import Analysis
internal import Indices
internal import JSON
internal import Scripts

extension ElasticsearchError {
    init(_ error: IndicesError) {
        if let known = ElasticsearchError(naming: error) ?? ElasticsearchError(configuring: error) {
            self = known
            return
        }
        switch error {
        case .indexNotFound(let name): self = .indexNotFound(name, "no such index [\(name)]")
        case .aliasRequired(let name):
            self = .indexNotFound(
                name, "no such index [\(name)] and [require_alias] request flag is [true] and [\(name)] is not an alias")
        case .indexAlreadyExists(let name, let uuid):
            self.init(
                status: 400, "resource_already_exists_exception", "index [\(name)/\(uuid)] already exists",
                extra: ["index_uuid": .string(uuid), "index": .string(name)])
        case .invalidIndexName(let name, let reason): self = .invalidIndexName(name, reason)
        case .analysis(let error): self.init(error)
        case .analyzeRequest(let problem): self.init(problem)
        case .mapping(let error, _): self.init(error)
        case .document(let error, let id): self.init(error, id: id)
        case .write(let refusal, let index, let uuid): self.init(refusal, index: index, uuid: uuid)
        case .routingMissing(let index, let id):
            self.init(
                status: 400, "routing_missing_exception", "routing is required for [\(index)]/[\(id)]",
                extra: ["index_uuid": "_na_", "index": .string(index)])
        case .dataStreamRequired(let name):
            self.init(
                status: 404, "resource_not_found_exception",
                "[require_data_stream] request flag is [true] and [\(name)] is not a data stream")
        case .tooManyVotingExclusions(let added, let former, let limit):
            self = .illegalArgument(
                "add voting config exclusions request would add [\(added)] exclusions to the existing [\(former)] which would exceed "
                    + "the maximum of [\(limit)] set by [cluster.max_voting_config_exclusions]")
        case .dataStreamExists(let name):
            self.init(status: 400, "resource_already_exists_exception", "data_stream [\(name)] already exists")
        case .noDataStreamTemplate, .templateOfDataStreams, .dataStreamCreatesOnly, .backingIndexWrite, .routingOfDataStream,
            .writeIndexOfDataStream, .writeIndicesOfDataStreams, .dataStreamRollover, .templatesInUse,
            .timestampType, .resizeOfWriteIndex, .invalidDataStreamName:
            self = .dataStream(error)
        case .documentMissing(let id, let index, let uuid):
            self = .document(404, "document_missing_exception", "[\(id)]: document missing", index, uuid)
        case .sourceMissing(let id, let index, let uuid):
            self = .document(400, "document_source_missing_exception", "[\(id)]: document source missing", index, uuid)
        case .versionMismatch(let id, let current, let provided, let index, let uuid):
            self = .document(
                409, "version_conflict_engine_exception",
                "[\(id)]: version conflict, current version [\(current)] is different than the one provided [\(provided)]", index,
                uuid)
        case .scriptFailed(let error as ScriptError) where error.fault == .selfReferencing: self.init(error)
        case .scriptFailed(let error):
            self.init(
                status: 400, "illegal_argument_exception", "failed to execute script",
                causedBy: (ElasticsearchError(error) ?? .internalError).cause)
        case .scriptContext(let problem): self = .illegalArgument(problem.reason)
        case .searchTimedOut: self.init(status: 504, "search_timeout_exception", "Time exceeded")
        case .searchFailed(let failures, let isPartial): self = .searchFailed(failures, isPartial: isPartial)
        case .searchContextMissing, .malformedContextID, .tooManySearchContexts, .keepAliveTooLong, .searchAfterMismatch,
            .searchAfterNotANumber, .scrollBatchTooLarge:
            self = .searchContext(error)
        case .taskNotFound(let id):
            self.init(
                status: 404, "resource_not_found_exception", "task [\(id)] isn't running and hasn't stored its results")
        case .remoteNotAllowed(let host):
            self = .illegalArgument("[\(host)] not whitelisted in reindex.remote.whitelist")
        case .remote(let host, let status, let reason):
            self.init(status: status ?? 502, "status_exception", "[\(host)] could not be read: \(reason)")
        case .planning(let error, let index, let uuid): self.init(error, index: index, uuid: uuid)
        case .tooManyAsyncSearches(let limit):
            self.init(
                status: 429, "es_rejected_execution_exception", "rejected execution of an async search: [\(limit)] are running already")
        case .asyncSearchMissing(let id): self.init(status: 404, "resource_not_found_exception", id)
        case .malformedAsyncSearchID(let id): self = .illegalArgument("invalid id: [\(id)]")
        case .searchLimitExceeded(let what, let count, let limit):
            let kind = what == .scriptFields ? "script_fields" : "docvalue_fields"
            self = .allShardsFailed(
                index: nil,
                ErrorCause(
                    "illegal_argument_exception",
                    "Trying to retrieve too many \(kind). Must be less than or equal to: [\(limit)] but was [\(count)]. This limit can "
                        + "be set by changing the [\(what.rawValue)] index level setting."))
        case .retrieval(let problem): self.init(problem)
        case .resize(let problem): self.init(problem)
        case .retrieversFailed(let parent, let children, let errors):
            self = .retrieversFailed(parent: parent, children: children, errors: errors)
        case .modelMissing: self = .illegalArgument("[model_id] must not be null.")
        case .inferenceEndpointNotFound(let id):
            self.init(status: 404, "resource_not_found_exception", "Inference endpoint not found [\(id)]")
        case .inferenceEndpointExists(let id):
            self.init(status: 400, "resource_already_exists_exception", "Inference endpoint [\(id)] already exists")
        case .inferenceTaskMismatch(let id, let task):
            self = .state(
                400,
                "Incompatible task_type for embedding API, the inference endpoint [\(id)] has task type [\(task)], expected [embedding]")
        case .inferenceIDMissing(let isOfQuery): self = .illegalArgument("[inference_id] must be specified\(isOfQuery ? "." : "")")
        case .lookup(let problem): self.init(problem)
        case .invalidDateFormat(let format): self = .illegalArgument("Invalid format: [\(format)]")
        case .scriptNotFound(let id):
            self.init(status: 404, "resource_not_found_exception", "unable to find script [\(id)] in cluster state")
        case .storedScriptMissing(let id):
            self.init(
                status: 404, "resource_not_found_exception", "stored script [\(id)] does not exist and cannot be deleted")
        case .scriptLanguageNotSupported(let language): self = .illegalArgument("script_lang not supported [\(language)]")
        case .emptyDocumentID: self = .illegalArgument("if _id is specified it must not be empty")
        case .documentIDTooLong(let bytes):
            self = .validation(["id is too long, must be no longer than 512 bytes but was: \(bytes)"])
        case .resultWindowTooLarge(let requested, let limit):
            self = .allShardsFailed(
                index: nil,
                ErrorCause(
                    "illegal_argument_exception",
                    "Result window is too large, from + size must be less than or equal to: [\(limit)] but was [\(requested)]. "
                        + "See the scroll api for a more efficient way to request large data sets. This limit can be set by "
                        + "changing the [index.max_result_window] index level setting."))
        case .damagedFile(let path, let reason):
            self.init(status: 500, "corrupt_index_exception", "[\(path)] is damaged: \(reason)")
        case .file(let error): self.init(error)
        case .dataDirectoryInUse(let path):
            self.init(status: 500, "illegal_state_exception", "[\(path)] is in use by another process")
        case .stopping: self.init(status: 503, "node_closed_exception", "node closed")
        case .indexClosed, .indexUnavailable, .blocked, .nameIsAlias, .invalidDateMath, .automaticCreationRefused,
            .wildcardsNotAllowed, .invalidAliasName, .aliasIsIndex, .aliasesMissing, .requiredAliasMissing, .aliasesNotExpected,
            .noWriteIndex, .severalWriteIndices, .aliasHiddenInPart, .rolloverTargetNotAlias, .noRolloverNumber, .aliasOfSeveral, .routingOfAlias, .invalidAliasFilter, .queryNotReadable,
            .unknownSetting, .unknownClusterSetting, .invalidSetting, .settingsNotDynamic, .finalSetting, .privateSetting,
            .invalidTemplate, .templateExists, .templateMissing, .overlappingTemplates, .componentInUse:
            // Two tables above have them.
            self = .internalError
        }
    }

    /// 400 for a name that no index can have.
    public static func invalidIndexName(_ name: String, _ reason: String) -> ElasticsearchError {
        ElasticsearchError(
            status: 400, "invalid_index_name_exception", "Invalid index name [\(name)], \(reason)",
            extra: ["index_uuid": "_na_", "index": .string(name)])
    }

    /// An error of one document's shard.
    private static func document(
        _ status: Int, _ type: String, _ reason: String, _ index: String, _ uuid: String
    ) -> ElasticsearchError {
        ElasticsearchError(
            status: status, type, reason, extra: ["index_uuid": .string(uuid), "shard": "0", "index": .string(index)])
    }

    static func indexNotFound(_ name: String, _ reason: String) -> ElasticsearchError {
        ElasticsearchError(
            status: 404, "index_not_found_exception", reason,
            extra: [
                "resource.type": "index_or_alias", "resource.id": .string(name), "index_uuid": "_na_",
                "index": .string(name),
            ])
    }
}
