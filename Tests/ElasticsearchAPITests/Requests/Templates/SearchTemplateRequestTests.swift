import Indices
import JSON
import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct SearchTemplateRequestTests {
    private func request(_ body: String?, id: String? = nil) throws(ElasticsearchError) -> SearchTemplateRequest {
        try SearchTemplateRequest(body: body.map { Array($0.utf8) }, id: id)
    }

    @Test func templates() throws {
        let found = try request(#"{"source":{"size":"{{n}}"},"params":{"n":3}}"#)
        #expect(found.template == .inline(#"{"size":"{{n}}"}"#) && found.parameters["n"] == 3)
        #expect(try request(#"{"id":"a"}"#).template == .stored(id: "a"))
        #expect(try request(#"{"params":{}}"#, id: "b").template == .stored(id: "b"))
        #expect(try request(nil, id: "b").template == .stored(id: "b"))
        #expect(try request(#"{"source":"{}","params":null,"explain":true,"profile":false,"options":{"content_type":"text/plain"}}"#).template == .inline("{}"))
    }

    @Test(arguments: [
        ("{}", "Validation Failed: 1: template is missing;2: template's script type is missing;"),
        (#"{"source":""}"#, "Validation Failed: 1: template is missing;"),
        (#"{"source":1}"#, "[search_template] source doesn't support values of type: VALUE_NUMBER"),
        (#"{"x":1}"#, "[search_template] unknown field [x]"),
        (#"{"source":"a","options":{"content_type":"x"}}"#, "No encoder found for media type [x]"),
    ])
    func refused(_ body: String, _ reason: String) {
        #expect(failure { () throws(ElasticsearchError) in try request(body) }?.summary.contains(reason) == true)
    }

    @Test func severalAtOnce() throws {
        let body = "{\"index\":\"a\"}\n{\"source\":\"{}\"}\n{}\n{\"id\":\"x\"}\n"
        let found = try MultiSearchTemplateRequest(body: Array(body.utf8), index: "p", parameters: QueryParameters())
        #expect(found.items.map(\.expression.patterns) == [["a"], ["p"]])
        #expect(found.items.map(\.template.template) == [.inline("{}"), .stored(id: "x")])
        #expect(throws: ElasticsearchError.validation(["template is missing"])) {
            try MultiSearchTemplateRequest(
                body: Array("{}\n{\"source\":\"\"}\n".utf8), index: nil, parameters: QueryParameters())
        }
    }
}
