import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct EndpointSpecificationTests {
    @Test(arguments: Endpoint.allCases)
    func everyEndpointHasRoutes(_ endpoint: Endpoint) {
        #expect(!endpoint.specification.routes.isEmpty)
    }

    @Test func knowsSearch() {
        let search = Endpoint.search.specification
        #expect(search.body == .optional)
        #expect(search.routes.map(\.path) == ["/_search", "/{index}/_search"])
        #expect(search.routes.first?.methods == ["GET", "POST"])
        #expect(search.parameters.contains("_source_includes"))
        #expect(!search.parameters.contains("slices"))
    }

    @Test(arguments: [
        (["p": "1"], "request [/i/_search] contains unrecognized parameter: [p]"),
        (["siz": "1"], "request [/i/_search] contains unrecognized parameter: [siz] -> did you mean [size]?"),
        (["b": "", "a": ""], "request [/i/_search] contains unrecognized parameters: [a], [b]"),
    ])
    func refusesUnknownParameters(_ parameters: [String: String], _ reason: String) {
        let error = failure { () throws(ElasticsearchError) in
            try Endpoint.search.specification.check(QueryParameters(parameters), path: "/i/_search")
        }
        #expect(error?.summary == "illegal_argument_exception: " + reason)
    }

    @Test func acceptsKnownParameters() throws {
        try Endpoint.search.specification.check(QueryParameters(["pretty": "", "size": "1", "filter_path": "a"]), path: "/_search")
    }
}
