internal import Indices
internal import JSON

extension ElasticsearchError {
    /// Names, aliases and what stands under them: the part of `IndicesError` that is not about documents.
    ///
    /// - Returns: nil for the other cases.
    init?(naming error: IndicesError) {
        switch error {
        case .indexClosed(let name, let uuid):
            self.init(
                status: 400, "index_closed_exception", "closed", extra: ["index_uuid": .string(uuid), "index": .string(name)])
        case .indexUnavailable(let name, _):
            // The reason is in the log: it names files.
            self.init(
                status: 503, "no_shard_available_action_exception",
                "[\(name)] cannot be used: its shards are not available, see the server's log", extra: ["index": .string(name)])
        case .tooFewCopies(let index, let shard, let isAll, let needed, let timeout):
            self.init(
                status: 503, "unavailable_shards_exception",
                "[\(index)][\(shard)] Not enough active copies to meet shard count of [\(isAll ? "ALL" : String(needed))] (have 1, needed "
                    + "\(needed)). Timeout: [\(timeout)], request: [BulkShardRequest [[\(index)][\(shard)]]]")
        case .blocked(let index, let blocks):
            let texts = blocks.map { "[\($0.status == 429 ? "TOO_MANY_REQUESTS" : "FORBIDDEN")/\($0.number)/\($0.wording)];" }
            self.init(
                status: blocks.map(\.status).max() ?? 403, "cluster_block_exception",
                "index [\(index)] blocked by: \(texts.joined())")
        case .nameIsAlias(let name): self = .invalidIndexName(name, "already exists as alias")
        case .invalidDateMath(let name, let reason):
            self.init(status: 400, "parse_exception", "invalid dynamic name expression [\(name)]. \(reason)")
        case .automaticCreationRefused(let name, let setting, let isPattern):
            self = .indexNotFound(
                name,
                isPattern
                    ? "no such index [\(name)] and [action.auto_create_index] ([\(setting)]) doesn't match"
                    : "no such index [\(name)] and [action.auto_create_index] is [\(setting)]")
        case .wildcardsNotAllowed: self = .illegalArgument("Wildcard expressions or all indices are not allowed")
        case .invalidAliasName(let alias, let reason): self = .invalidAliasName(alias, reason)
        case .aliasIsIndex(let alias):
            self = .invalidAliasName(alias, "an index or data stream exists with the same name as the alias")
        case .aliasesMissing(let aliases):
            self.init(
                status: 404, "aliases_not_found_exception", "aliases [\(aliases.joined(separator: ","))] missing",
                extra: [
                    "resource.type": "aliases",
                    "resource.id": aliases.count == 1 ? .string(aliases[0]) : .array(aliases.map { .string($0) }),
                ])
        case .requiredAliasMissing(let alias):
            self.init(status: 404, "resource_not_found_exception", "required alias [\(alias)] does not exist")
        case .aliasesNotExpected(let name):
            self = .illegalArgument(
                "The provided expression [\(name)] matches an alias, specify the corresponding concrete indices instead.")
        case .noWriteIndex(let alias):
            self = .illegalArgument(
                "no write index is defined for alias [\(alias)]. The write index may be explicitly disabled using "
                    + "is_write_index=false or the alias points to multiple indices without one being designated as a write index")
        case .severalWriteIndices(let alias, let indices):
            self.init(
                status: 500, "illegal_state_exception",
                "alias [\(alias)] has more than one write index [\(indices.joined(separator: ","))]")
        case .aliasHiddenInPart(let alias, let hidden, let visible):
            self.init(
                status: 500, "illegal_state_exception",
                "alias [\(alias)] has is_hidden set to true on indices [\(hidden.joined(separator: ","))] but does not have is_hidden "
                    + "set to true on indices [\(visible.joined(separator: ","))]; alias must have the same is_hidden setting on all "
                    + "indices")
        case .rolloverTargetNotAlias(let name):
            self.init(status: 404, "resource_not_found_exception", "rollover target [\(name)] does not exist")
        case .noRolloverNumber(let name):
            self = .illegalArgument("index name [\(name)] does not match pattern '^.*-\\d+$'")
        case .aliasOfSeveral(let alias, let indices):
            self = .illegalArgument(
                "alias [\(alias)] has more than one index associated with it [\(indices.joined(separator: ", "))], can't execute "
                    + "a single index op")
        case .routingOfAlias(let alias, let indexRouting, let routing):
            self = .illegalArgument(
                "Alias [\(alias)] has index routing associated with it [\(indexRouting)], and was provided with routing value "
                    + "[\(routing)], rejecting operation")
        case .invalidAliasFilter(let alias, let cause):
            let known = ElasticsearchError(cause)
            self.init(
                status: 400, "illegal_argument_exception", "failed to parse filter for alias [\(alias)]", causedBy: known?.cause)
        case .queryNotReadable: self.init(status: 500, "illegal_state_exception", "no reader of queries")
        default: return nil
        }
    }

    private static func invalidAliasName(_ alias: String, _ reason: String) -> ElasticsearchError {
        ElasticsearchError(
            status: 400, "invalid_alias_name_exception", "Invalid alias name [\(alias)]: \(reason)",
            extra: ["index_uuid": "_na_", "index": .string(alias)])
    }
}

extension IndexBlock {
    /// Too much on the disk is no one's right to refuse but a want of room.
    fileprivate var status: Int { self == .readOnlyAllowDelete ? 429 : 403 }

    fileprivate var wording: String {
        switch self {
        case .readOnly: "index read-only (api)"
        case .read: "index read (api)"
        case .write: "index write (api)"
        case .metadata: "index metadata (api)"
        case .readOnlyAllowDelete:
            "disk usage exceeded flood-stage watermark, index has read-only-allow-delete block; for more information, see "
                + "https://www.elastic.co/docs/troubleshoot/elasticsearch/fix-watermark-errors?version=9.1"
        }
    }
}
