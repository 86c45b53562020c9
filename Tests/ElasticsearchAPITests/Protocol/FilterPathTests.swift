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
        #expect(try FilterPath(filter)?.apply(to: value).text == expected)
    }

    @Test func looksIntoRawText() throws {
        let value: JSONValue = ["_source": .raw(Array(#"{"a":1,"b":2}"#.utf8))]
        #expect(try FilterPath("_source.b")?.apply(to: value).text == #"{"_source":{"b":2}}"#)
        #expect(try FilterPath("-_source.b")?.apply(to: value).text == #"{"_source":{"a":1}}"#)
        #expect(try FilterPath("_source")?.apply(to: value) == value)
    }

    @Test(arguments: ["", ",", "-"])
    func empty(_ filter: String) throws {
        #expect(try FilterPath(filter) == nil)
    }

    /// Each `**` must not double what is followed: this one would never end.
    @Test(.timeLimit(.minutes(10)), arguments: [
        repeatElement("**", count: 32).joined(separator: "."),
        repeatElement("**.*", count: 16).joined(separator: "."),
        repeatElement(repeatElement("**.*", count: 16).joined(separator: "."), count: 200).joined(separator: ","),
    ])
    func manyLevelsOfAnyDepth(_ filter: String) throws {
        let deep = (0..<60).reduce("1") { inner, _ in #"{"a":\#(inner),"b":\#(inner.count > 5000 ? "0" : inner)}"# }
        let value = try JSONValue(text: deep)
        #expect(try FilterPath(filter)?.apply(to: value) != nil)
    }

    @Test func isLimited() {
        let paths = (0...256).map { "a\($0)" }.joined(separator: ",")
        #expect(
            failure { () throws(ElasticsearchError) in try FilterPath(paths) }?.summary
                == "illegal_argument_exception: [filter_path] has [257] paths, more than the limit [256]")
        let deep = repeatElement("a", count: 33).joined(separator: ".")
        #expect(
            failure { () throws(ElasticsearchError) in try FilterPath(deep) }?.summary
                == "illegal_argument_exception: [filter_path] has a path of [33] parts, more than the limit [32]")
    }
}
