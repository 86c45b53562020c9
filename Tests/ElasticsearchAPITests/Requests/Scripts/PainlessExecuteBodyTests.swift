import JSON
import Scripts
import Testing

@testable import ElasticsearchAPI

@Suite struct PainlessExecuteBodyTests {
    @Test func reads() throws {
        let text = #"{"script":"1","context":"filter","context_setup":{"index":"i","document":{"a":1},"query":{"match_all":{}}}}"#
        let body = try PainlessExecuteBody(body: Array(text.utf8))
        #expect(body.script == .inline(Script("1")))
        #expect(body.context == .filter)
        #expect(body.index == "i")
        #expect(body.document?.object?["a"]?.int == 1)
        #expect(try PainlessExecuteBody(body: Array(#"{"script":"1"}"#.utf8)).context == .test)
    }

    @Test(arguments: [#"{}"#, #"{"script":"1","context":"zz"}"#, #"{"script":"1","zz":1}"#, #"{"script":"1","context_setup":{"document":1}}"#])
    func refuses(_ text: String) {
        #expect(failure { () throws(ElasticsearchError) in try PainlessExecuteBody(body: Array(text.utf8)) } != nil)
    }
}
