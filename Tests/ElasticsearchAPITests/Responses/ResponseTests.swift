import Indices
import JSON
import Query
import Shards
import Testing

@testable import ElasticsearchAPI

@Suite struct ResponseTests {
    @Test func search() {
        let response = SearchResponse(
            took: 3, shards: ShardCounts(total: 2), total: .init(value: 1, isExact: true), maximumScore: 0.5,
            hits: [
                .init(
                    index: "i", id: "1", score: 0.5, version: 2, sequenceNumber: 4, primaryTerm: 1,
                    source: .raw(Array(#"{"a": 1}"#.utf8)), fields: ["f": [1]], matchedQueries: [("q", 1)])
            ])
        #expect(
            response.json(SearchFormat()).text
                == #"{"took":3,"timed_out":false,"_shards":{"total":2,"successful":2,"skipped":0,"failed":0},"hits":{"total":{"value":1,"relation":"eq"},"max_score":0.5,"hits":[{"_index":"i","_id":"1","_version":2,"_seq_no":4,"_primary_term":1,"_score":0.5,"_source":{"a": 1},"fields":{"f":[1]},"matched_queries":["q"]}]}}"#)
    }

    @Test func searchFormats() {
        let response = SearchResponse(
            took: 0, shards: ShardCounts(total: 1), total: .init(value: 10_000, isExact: false), maximumScore: nil,
            hits: [.init(index: "i", id: "1", score: nil)])
        var format = SearchFormat()
        #expect(response.json(format)["hits"]?["total"]?.text == #"{"value":10000,"relation":"gte"}"#)
        format.isTotalAnInteger = true
        format.omitsIdentity = true
        #expect(
            response.json(format)["hits"]?.text == #"{"total":10000,"max_score":null,"hits":[{"_index":"i","_score":null}]}"#)
    }

    @Test func bulk() {
        var response = BulkResponse()
        response.append(
            "index",
            WriteResult(
                index: "i", id: "1", outcome: .created, version: 1, sequenceNumber: 0, primaryTerm: 1, forcedRefresh: false))
        #expect(response.json(took: 1)["errors"] == false)
        #expect(response.json(took: 1, ingestTook: 2)["ingest_took"] == 2)
        response.append("create", index: "i", id: "1", ElasticsearchError(status: 409, "t", "r"))
        #expect(
            response.json(took: 1).text
                == #"{"errors":true,"took":1,"items":[{"index":{"_index":"i","_id":"1","_version":1,"result":"created","_shards":{"total":1,"successful":1,"failed":0},"_seq_no":0,"_primary_term":1,"status":201}},{"create":{"_index":"i","_id":"1","status":409,"error":{"type":"t","reason":"r"}}}]}"#)
    }

    @Test func pagesOfSearches() {
        var response = SearchResponse(
            took: 1, shards: ShardCounts(total: 3), total: nil, maximumScore: nil, hits: [.init(index: "i", id: "1", score: nil)])
        response.hits[0].sort = [.int(4)]
        response.scrollID = "s"
        response.pointInTimeID = "p"
        let planning = IndicesError.planning(.notAVectorField(field: "f", type: "keyword"), index: "j", uuid: "u")
        response.failures = (0..<2).map { ShardFailure(index: "j", shard: $0, nodeID: "n", error: planning) }
        #expect(
            response.json(SearchFormat()).text
                == #"{"_scroll_id":"s","pit_id":"p","took":1,"timed_out":false,"_shards":{"total":3,"successful":1,"skipped":0,"failed":2,"failures":[{"shard":0,"index":"j","node":"n","reason":{"type":"query_shard_exception","reason":"failed to create query: [knn] queries are only supported on [dense_vector] fields","index_uuid":"u","index":"j","caused_by":{"type":"illegal_argument_exception","reason":"[knn] queries are only supported on [dense_vector] fields"}}}]},"hits":{"max_score":null,"hits":[{"_index":"i","_id":"1","_score":null,"sort":[4]}]}}"#)
        #expect(MultiSearchResponse.entry(response, SearchFormat())["status"] == 200)
        #expect(
            MultiSearchResponse.entry(ElasticsearchError(status: 404, "t", "r")).text
                == #"{"error":{"root_cause":[{"type":"t","reason":"r"}],"type":"t","reason":"r"},"status":404}"#)
    }

    @Test func updates() {
        var result = WriteResult(
            index: "i", id: "1", outcome: .noop, version: 2, sequenceNumber: 5, primaryTerm: 1, forcedRefresh: false)
        result.shownSource = ["a": 1]
        #expect(
            result.json.text
                == #"{"_index":"i","_id":"1","_version":2,"result":"noop","_shards":{"total":0,"successful":0,"failed":0},"_seq_no":5,"_primary_term":1,"get":{"_seq_no":5,"_primary_term":1,"found":true,"_source":{"a":1}}}"#)
        #expect(result.status == 200)
    }

    @Test func byQuery() {
        var counts = ByQueryCounts()
        (counts.total, counts.deleted, counts.batches, counts.versionConflicts) = (3, 2, 1, 1)
        counts.throttled = .milliseconds(7)
        counts.requestsPerSecond = 2.5
        let conflict = IndicesError.write(.versionConflict(id: "1", current: 4, provided: .init(3)), index: "i", uuid: "u")
        let result = ByQueryResult(
            kind: .delete, counts: counts, failures: [.init(index: "i", id: "1", error: conflict)], took: .milliseconds(9))
        #expect(result.status == 409)
        #expect(
            result.json.text
                == #"{"took":9,"timed_out":false,"total":3,"deleted":2,"batches":1,"version_conflicts":1,"noops":0,"retries":{"bulk":0,"search":0},"throttled_millis":7,"requests_per_second":2.5,"throttled_until_millis":0,"failures":[{"index":"i","id":"1","cause":{"type":"version_conflict_engine_exception","reason":"[1]: version conflict, current version [4] is higher or equal to the one provided [3]","index_uuid":"u","shard":"0","index":"i"},"status":409}]}"#)
        let copied = ByQueryResult(kind: .reindex, counts: ByQueryCounts(), wasCancelled: true)
        #expect(copied.json["updated"] == 0 && copied.json["created"] == 0 && copied.json["canceled"] == "by user request")
        #expect(copied.status == 200)
    }

    @Test func infer() {
        let response = InferResponse(
            results: [.init(values: [0.5, 1], isTruncated: false), .init(values: [2], isTruncated: true)],
            resultsField: "predicted_value")
        #expect(
            response.json.text
                == #"{"inference_results":[{"predicted_value":[0.5,1.0]},{"predicted_value":[2.0],"is_truncated":true}]}"#)
        #expect(response.deploymentJSON.text == #"{"predicted_value":[0.5,1.0]}"#)
    }

    @Test func table() {
        let table = CatTable(
            columns: [.init("health", aliases: ["h"]), .init("index"), .init("docs.count", isNumber: true)],
            rows: [["green", "images", "5"], ["green", "a", nil]])
        #expect(table.text(withHeader: true) == "health index  docs.count\ngreen  images          5\ngreen  a                \n")
        #expect(table.selecting(["docs.*", "h", "x"]).text(withHeader: false) == "5 green\n  green\n")
        #expect(table.selecting(["docs.count"]).json.text == #"[{"docs.count":"5"},{"docs.count":null}]"#)
    }
}
