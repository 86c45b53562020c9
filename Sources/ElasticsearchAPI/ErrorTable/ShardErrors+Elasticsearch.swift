internal import JSON
internal import Shards

extension ElasticsearchError {
    /// A write that was refused.
    init(_ refusal: WriteRefusal, index: String, uuid: String) {
        switch refusal {
        case .alreadyExists(let id, let version):
            self = .conflict(
                "[\(id)]: version conflict, document already exists (current version [\(version)])", index, uuid)
        case .sequenceNumberConflict(let id, let sequenceNumber, let term, let current):
            let found =
                current.map { "current document has seqNo [\($0)] and primary term [1]" } ?? "but no document was found"
            self = .conflict(
                "[\(id)]: version conflict, required seqNo [\(sequenceNumber)], primary term [\(term)]. \(found)", index, uuid)
        case .versionConflict(let id, let current, let provided):
            let comparison = provided.allowsEqual ? "higher than" : "higher or equal to"
            self = .conflict(
                "[\(id)]: version conflict, current version [\(current)] is \(comparison) the one provided "
                    + "[\(provided.number)]", index, uuid)
        case .storage(let error): self.init(error)
        }
    }

    /// Trouble with a shard's files, or with a search of them.
    init(_ error: ShardError) {
        switch error {
        case .damagedFile(let path, let reason):
            self.init(status: 500, "corrupt_index_exception", "[\(path)] is damaged: \(reason)")
        case .unsupportedFormat(let path, let version):
            self.init(
                status: 500, "index_format_too_new_exception",
                "[\(path)] has format version [\(version)], which is newer than this program's")
        case .database(let path, let code, let reason):
            self.init(status: 500, "i_o_exception", "[\(path)]: \(reason) (database error \(code))")
        case .file(let error): self.init(error)
        case .vectorDirectoryTaken(let path):
            self.init(status: 500, "i_o_exception", "[\(path)]: it belongs to another field")
        case .vectors(let field, let error):
            let reason = "vectors of field [\(field)]: \(error.reason)"
            self = error.isOfRequest
                ? .illegalArgument(reason) : ElasticsearchError(status: 500, error.elasticsearchType, reason)
        case .pattern(_, let error):
            self = .allShardsFailed(
                index: nil, ErrorCause("query_shard_exception", "failed to create query: \(error.reason)"))
        case .ordinalsExhausted(let path):
            self.init(status: 400, "illegal_argument_exception", "[\(path)] cannot hold more documents: copy them into a new index")
        case .documentWithoutVector:
            self = .allShardsFailed(
                index: nil,
                ErrorCause(
                    "script_exception", "runtime error", extra: ["lang": "painless"],
                    causedBy: ErrorCause(
                        "illegal_argument_exception", "A document doesn't have a value for a vector field!")))
        case .script(let error): self = .allShardsFailed(index: nil, error.cause)
        case .derivedValue(let field, let value):
            self = .allShardsFailed(
                index: nil, ErrorCause("illegal_argument_exception", "[\(value)] is not a value of the field [\(field)]"))
        case .negativeScore(let score, let document):
            self = .allShardsFailed(
                index: nil,
                ErrorCause(
                    "illegal_argument_exception",
                    "script_score script returned an invalid score [\(score.isNaN ? "NaN" : score.description)] for doc [\(document)]. "
                        + "Must be a non-negative score!"))
        case .negativeFunctionScore(let score):
            let isNumber = !score.isNaN
            self = .allShardsFailed(
                index: nil,
                ErrorCause(
                    "illegal_argument_exception",
                    "script score function must not produce \(isNumber ? "negative scores" : "NaN scores"), but got: "
                        + "[\(isNumber ? score.description : "NaN")]"))
        case .invalidScore(let score):
            self = .allShardsFailed(
                index: nil,
                ErrorCause("illegal_argument_exception", "function score query returned an invalid score: \(score)"))
        case .missingFunctionValue(let field):
            self = .allShardsFailed(
                index: nil, ErrorCause("illegal_argument_exception", "Missing value for field [\(field)]"))
        case .tooManyBuckets(let limit): self = .tooManyBuckets(limit)
        case .severalPairedValues:
            self.init(
                status: 500, "aggregation_execution_exception",
                "Encountered more than one value for a single document. Use a script to combine multiple values per doc into a single value.")
        case .tooManyBucketsOfDocument(let limit):
            self = .illegalArgument("exceeded the maximum number of buckets per document [\(limit)]")
        case .severalWeights:
            self = .allShardsFailed(
                index: nil,
                ErrorCause(
                    "illegal_argument_exception",
                    "Encountered more than one weight for a single document. Use a script to combine multiple weights-per-doc into a single value."))
        case .cancelled: self.init(status: 400, "task_cancelled_exception", "task cancelled")
        case .closed: self.init(status: 503, "already_closed_exception", "this shard is closed")
        }
    }

    /// Elasticsearch's `too_many_buckets_exception`.
    static func tooManyBuckets(_ limit: Int) -> ElasticsearchError {
        ElasticsearchError(
            status: 400, "too_many_buckets_exception",
            "Trying to create too many buckets. Must be less than or equal to: [\(limit)] but this number of buckets was exceeded. "
                + "This limit can be set by changing the [search.max_buckets] cluster level setting.",
            extra: ["max_buckets": .int(limit)])
    }

    private static func conflict(_ reason: String, _ index: String, _ uuid: String) -> ElasticsearchError {
        ElasticsearchError(
            status: 409, "version_conflict_engine_exception", reason,
            extra: ["index_uuid": .string(uuid), "shard": "0", "index": .string(index)])
    }
}
