import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct FilterPathTests {
    private static let response =
        #"{"took":3,"hits":{"total":2,"hits":[{"_id":"1","fields":{"id":[1],"other":[2]}},{"_id":"2","_source":{"a":{"b":1}}}]}}"#

    @Test(arguments: [
        ("took", #"{"took":3}"#),
        ("hits.hits.fields.id", #"{"hits":{"hits":[{"fields":{"id":[1]}}]}}"#),
        ("hits.hits._id,took", #"{"took":3,"hits":{"hits":[{"_id":"1"},{"_id":"2"}]}}"#),
        ("hits.t*", #"{"hits":{"total":2}}"#),
        ("h*.to*al", #"{"hits":{"total":2}}"#),
        ("**.b", #"{"hits":{"hits":[{"_source":{"a":{"b":1}}}]}}"#),
        ("-hits", #"{"took":3}"#),
        ("-hits.hits,-took", #"{"hits":{"total":2}}"#),
        ("hits,-hits.hits", #"{"hits":{"total":2}}"#),
        ("nothing", "{}"),
    ])
    func keeps(_ filter: String, _ expected: String) throws {
        let value = try JSONValue(text: Self.response)
        #expect(FilterPath(filter)?.apply(to: value).text == expected)
    }

    @Test func looksIntoRawText() throws {
        let value: JSONValue = ["_source": .raw(Array(#"{"a":1,"b":2}"#.utf8))]
        #expect(FilterPath("_source.b")?.apply(to: value).text == #"{"_source":{"b":2}}"#)
        #expect(FilterPath("-_source.b")?.apply(to: value).text == #"{"_source":{"a":1}}"#)
        #expect(FilterPath("_source")?.apply(to: value) == value)
    }

    @Test(arguments: ["", ",", "-"])
    func empty(_ filter: String) {
        #expect(FilterPath(filter) == nil)
    }
}
