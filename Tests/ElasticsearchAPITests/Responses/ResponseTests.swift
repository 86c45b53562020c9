import Indices
import Shards
import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct ResponseTests {
    @Test func search() {
        let response = SearchResponse(
            took: 3, shards: ShardCounts(total: 2), total: .init(value: 1, isExact: true), maximumScore: 0.5,
            hits: [
                .init(
                    index: "i", id: "1", score: 0.5, version: 2, sequenceNumber: 4, primaryTerm: 1,
                    source: .raw(Array(#"{"a": 1}"#.utf8)), fields: ["f": [1]], matchedQueries: ["q"])
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
        response.append("create", index: "i", id: "1", ElasticsearchError(status: 409, "t", "r"))
        #expect(
            response.json(took: 1).text
                == #"{"errors":true,"took":1,"items":[{"index":{"_index":"i","_id":"1","_version":1,"result":"created","_shards":{"total":1,"successful":1,"failed":0},"_seq_no":0,"_primary_term":1,"status":201}},{"create":{"_index":"i","_id":"1","status":409,"error":{"type":"t","reason":"r"}}}]}"#)
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
