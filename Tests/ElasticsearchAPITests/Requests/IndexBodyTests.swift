import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct IndexBodyTests {
    @Test func partsStayAsWritten() throws {
        let body = try CreateIndexBody(
            body: Array(#"{"settings":{"index.refresh_interval":"5s"},"mappings":{"properties":{}},"aliases":{}}"#.utf8))
        #expect(body.settings?.object?["index.refresh_interval"]?.string == "5s")
        #expect(body.mappings?.object?["properties"] != nil)
    }

    @Test(arguments: [
        (#"{"setings":{}}"#, "unknown key [setings] for create index"),
        (#"{"settings":[]}"#, "key [settings] must be an object"),
    ])
    func refuses(_ body: String, _ reason: String) {
        #expect(failure { () throws(ElasticsearchError) in try CreateIndexBody(body: Array(body.utf8)) }?.cause.reason == reason)
    }

    @Test func countRequest() throws {
        #expect(try CountRequest(body: Array("{}".utf8), parameters: QueryParameters()).query == nil)
        let error = failure { () throws(ElasticsearchError) in
            try CountRequest(body: Array(#"{"size":1}"#.utf8), parameters: QueryParameters())
        }
        #expect(error?.summary == "parsing_exception: request does not support [size]")
    }
}
