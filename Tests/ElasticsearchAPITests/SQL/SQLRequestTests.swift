import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct SQLRequestTests {
    private func request(_ body: String, isTranslated: Bool = false) throws(ElasticsearchError) -> SQLRequest {
        try SQLRequest(Array(body.utf8), isTranslated: isTranslated)
    }

    @Test func everyMember() throws {
        let request = try request(
            #"""
            {"query":"SELECT ? FROM t","fetch_size":7,"params":[1,2.5,"a",true,null],"filter":{"term":{"a":1}},"columnar":true,"time_zone":"+02:00",
            "field_multi_value_leniency":true,"runtime_mappings":{"r":{"type":"long","script":"emit(1)"}},"request_timeout":"1s","page_timeout":"2s",
            "mode":"plain","catalog":"c","client_id":"x","version":"9","binary_format":false,"index_include_frozen":false,
            "wait_for_completion_timeout":"0s","keep_on_completion":true,"keep_alive":"1d","allow_partial_search_results":true}
            """#)
        #expect(request.query == "SELECT ? FROM t" && request.fetchSize == 7 && request.isColumnar && request.pageTimeout == .seconds(2))
        #expect(request.wait == .zero && request.isKept && request.keepAlive == .seconds(86_400) && request.catalog == "c" && request.allowsPartialResults)
        #expect(try request.statement().patterns == ["t"])
    }

    @Test(arguments: [
        (#"{}"#, "one of [query] or [cursor] is required"), (#"{"query":""}"#, "one of [query] or [cursor] is required"),
        (#"{"query":"SELECT 1","fetch_size":0}"#, "fetch_size must be more than 0."), (#"{"query":"SELECT 1","x":1}"#, "[sql/query] unknown field [x]"),
        (#"{"query":"SELECT 1","mode":"jdbc"}"#, "[mode] [jdbc] is not supported"), (#"{"query":"SELECT 1","time_zone":"Mars"}"#, "Unknown time-zone ID: Mars"),
        (#"{"query":"SELECT 1","filter":{"nope":{}}}"#, "unknown query [nope]"), (#"{"query":"SELECT 1","params":[{"value":1}]}"#, "single field"),
        (#"{"query":"SELECT 1","keep_alive":"1s"}"#, "[keep_alive] must be greater"),
    ])
    func refused(body: String, reason: String) {
        let error = failure { () throws(ElasticsearchError) in try request(body) }
        #expect(error?.status == 400 && error?.summary.contains(reason) == true)
    }

    @Test func translationTakesLess() throws {
        #expect(try request(#"{"query":"SELECT 1","fetch_size":3}"#, isTranslated: true).fetchSize == 3)
        let error = failure { () throws(ElasticsearchError) in try request(#"{"query":"SELECT 1","columnar":true}"#, isTranslated: true) }
        #expect(error?.summary.contains("unknown field [columnar]") == true)
    }

    @Test func statementsThatCannotBeRead() throws {
        let request = try request(#"{"query":"SELECT\n 'a"}"#)
        let error = failure { () throws(ElasticsearchError) in try request.statement() }
        #expect(error?.summary == "parsing_exception: line 2:2: token recognition error at: ''a'")
    }
}
