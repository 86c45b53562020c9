import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct ElasticsearchErrorTests {
    @Test func body() {
        let error = ElasticsearchError(
            status: 404, "index_not_found_exception", "no such index [i]", extra: ["index": "i"])
        #expect(
            error.json.text
                == #"{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index [i]","index":"i"}],"type":"index_not_found_exception","reason":"no such index [i]","index":"i"},"status":404}"#)
    }

    @Test func rootsLookThroughParseErrorsOnly() {
        let detail = ErrorCause("illegal_argument_exception", "detail")
        let parse = ErrorCause("parsing_exception", "inner", causedBy: detail)
        #expect(ErrorCause("x_content_parse_exception", "outer", causedBy: parse).root == parse)
        #expect(ErrorCause("document_parsing_exception", "outer", causedBy: parse).root.type == "document_parsing_exception")
    }

    @Test func shardFailure() {
        let error = ElasticsearchError.allShardsFailed(
            index: "i", ErrorCause("query_shard_exception", "failed"))
        #expect(error.json["error"]?["type"] == "search_phase_execution_exception")
        #expect(error.json["error"]?["root_cause"]?.text == #"[{"type":"query_shard_exception","reason":"failed"}]"#)
        #expect(error.json["error"]?["failed_shards"]?.array?.count == 1)
    }
}
