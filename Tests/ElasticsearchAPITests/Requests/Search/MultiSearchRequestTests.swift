import Indices
import JSON
import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct MultiSearchRequestTests {
    private func request(
        _ body: String, index: String? = nil, _ parameters: [String: String] = [:]
    ) throws(ElasticsearchError) -> MultiSearchRequest {
        try MultiSearchRequest(body: Array(body.utf8), index: index, parameters: QueryParameters(parameters))
    }

    @Test func readsHeadersAndBodies() throws {
        let request = try request(
            """
            {"index":["a","b"],"ignore_unavailable":true,"routing":"r","allowNoIndices":false,"preference":"x"}
            {"size":3}

            {"query":{"match_all":{}}}
            {}
            {}

            """, index: "p", ["max_concurrent_searches": "2", "rest_total_hits_as_int": "true"])
        #expect(request.concurrency == 2)
        #expect(request.items.map(\.expression.patterns) == [["a", "b"], ["p"], ["p"]])
        #expect(request.items[0].expression.ignoresUnavailable && !request.items[0].expression.allowsNone)
        #expect(request.items[0].request.options.routing == ["r"] && request.items[0].request.search.size == 3)
        #expect(request.items[1].request.search.query == .matchAll)
        #expect(request.items.allSatisfy { $0.request.format.isTotalAnInteger })
    }

    private static let refused: [(String, [String: String], String)] = [
        ("\n", [:], "Validation Failed: 1: no requests added;"),
        ("{}\n", [:], "Validation Failed: 1: no requests added;"),
        ("{}\n{}", [:], #"The msearch request must be terminated by a newline [\n]"#),
        ("{\"x\":1}\n{}\n", [:], "key [x] is not supported in the metadata section"),
        ("{}\n{\"size\":-1}\n", [:], "[size] parameter cannot be negative, found [-1]"),
        ("{}\n{}\n", ["max_concurrent_searches": "0"], "maxConcurrentSearchRequests must be positive"),
    ]

    @Test(arguments: refused)
    func refuses(_ body: String, _ parameters: [String: String], _ reason: String) {
        #expect(failure { () throws(ElasticsearchError) in try request(body, parameters) }?.cause.reason == reason)
    }

    private func request(_ body: String, _ parameters: [String: String]) throws(ElasticsearchError) -> MultiSearchRequest {
        try request(body, index: "i", parameters)
    }
}
