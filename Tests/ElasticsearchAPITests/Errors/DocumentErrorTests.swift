import Indices
import JSON
import Mapping
import Query
import Shards
import Testing

@testable import ElasticsearchAPI

/// What clients are told of documents, scrolls and tasks that are not there, or not as they were.
@Suite struct DocumentErrorTests {
    private static let errors: [(IndicesError, Int, String)] = [
        (
            .write(.versionConflict(id: "1", current: 5, provided: ExternalVersion(5)), index: "i", uuid: "u"), 409,
            "version_conflict_engine_exception: [1]: version conflict, current version [5] is higher or equal to the one provided [5]"
        ),
        (
            .write(.versionConflict(id: "1", current: 6, provided: ExternalVersion(5, allowsEqual: true)), index: "i", uuid: "u"), 409,
            "version_conflict_engine_exception: [1]: version conflict, current version [6] is higher than the one provided [5]"
        ),
        (.documentMissing(id: "1", index: "i", uuid: "u"), 404, "document_missing_exception: [1]: document missing"),
        (.sourceMissing(id: "1", index: "i", uuid: "u"), 400, "document_source_missing_exception: [1]: document source missing"),
        (
            .scriptFailed(IndicesError.scriptNotFound("s")), 400,
            "illegal_argument_exception: failed to execute script <- resource_not_found_exception: unable to find script [s] in cluster state"
        ),
        (.scriptContext(.fixedKey("_id")), 400, "illegal_argument_exception: _id cannot be updated"),
        (
            .scriptContext(.unknownOperation("x", allowed: ["delete", "index"])), 400,
            "illegal_argument_exception: [op] must be one of delete, index, not [x]"
        ),
        (
            .searchContextMissing(number: 4), 404,
            "search_phase_execution_exception: all shards failed <- search_context_missing_exception: No search context found for id [4]"
        ),
        (.malformedContextID("x", kind: .scroll), 400, "illegal_argument_exception: Cannot parse scroll id"),
        (
            .tooManySearchContexts(kind: .scroll, limit: 500), 429,
            "search_phase_execution_exception: all shards failed <- too_many_scroll_contexts_exception: Trying to create too many "
                + "scroll contexts. Must be less than or equal to: [500]. This limit can be set by changing the "
                + "[search.max_open_scroll_context] setting."
        ),
        (
            .searchAfterMismatch(values: 2, keys: 1), 400,
            "search_phase_execution_exception: all shards failed <- illegal_argument_exception: search_after has 2 value(s) but sort has 1."
        ),
        (
            .searchAfterMismatch(values: 2, keys: 0), 400,
            "search_phase_execution_exception: all shards failed <- illegal_argument_exception: Sort must contain at least one field."
        ),
        (
            .planning(.tooManyTerms(count: 65_537, limit: 65_536), index: "i", uuid: "u"), 400,
            "search_phase_execution_exception: all shards failed <- query_shard_exception: failed to create query: The number of terms "
                + "[65537] used in the Terms Query request has exceeded the allowed maximum of [65536]. This maximum can be set by "
                + "changing the [index.max_terms_count] index level setting. <- illegal_argument_exception: The number of terms [65537] "
                + "used in the Terms Query request has exceeded the allowed maximum of [65536]. This maximum can be set by changing the "
                + "[index.max_terms_count] index level setting."
        ),
        (.taskNotFound("n:1"), 404, "resource_not_found_exception: task [n:1] isn't running and hasn't stored its results"),
        (.remoteNotAllowed("h:1"), 400, "illegal_argument_exception: [h:1] not whitelisted in reindex.remote.whitelist"),
        (.remote(host: "h:1", status: 404, reason: "r"), 404, "status_exception: [h:1] could not be read: r"),
        (.remote(host: "h:1", status: nil, reason: "r"), 502, "status_exception: [h:1] could not be read: r"),
        (
            .document(.unknownDynamicTemplate(name: "t", field: "f"), id: "1"), 400,
            "document_parsing_exception: failed to parse: Can't find dynamic template for dynamic template name [t] of field [f]"
        ),
    ]

    @Test(arguments: errors)
    func table(_ error: IndicesError, _ status: Int, _ summary: String) {
        let shown = ElasticsearchError(error)
        #expect(shown.status == status && shown.summary == summary)
    }

    @Test func failuresAreGrouped() {
        let planning = { (index: String) in
            IndicesError.planning(.notAVectorField(field: "f", type: "keyword"), index: index, uuid: "u")
        }
        let failures = [
            ShardFailure(index: "a", shard: 0, nodeID: "n", error: planning("a")),
            ShardFailure(index: "a", shard: 1, nodeID: "n", error: planning("a")),
            ShardFailure(index: "b", shard: 0, nodeID: "n", error: ShardError.closed(path: "p")),
        ]
        let all = ElasticsearchError(IndicesError.searchFailed(failures, isPartial: false))
        #expect(all.status == 503 && all.cause.reason == "all shards failed" && all.cause.causedBy != nil)
        #expect(all.json["error"]?["failed_shards"]?.array?.compactMap { $0["index"] } == ["a", "b"])
        let partial = ElasticsearchError(IndicesError.searchFailed(Array(failures.prefix(2)), isPartial: true))
        #expect(partial.status == 400 && partial.cause.reason == "Partial shards failure" && partial.cause.causedBy == nil)
        #expect(partial.json["error"]?["failed_shards"]?.array?.count == 1)
    }
}
