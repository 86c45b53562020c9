import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct ErrorTraceTests {
    @Test func eachLinkTellsWhatIsBelowIt() {
        let cause = ErrorCause("number_format_exception", "For input string: \"x\"")
        let error = ElasticsearchError(
            status: 400, ErrorCause("document_parsing_exception", "failed to parse", extra: ["line": 1], causedBy: cause))
        let traced = ErrorTrace.added(to: error.json)["error"]
        let first = "document_parsing_exception: failed to parse", second = "number_format_exception: For input string: \"x\""
        #expect(traced?["stack_trace"] == .string("\(first)\nCaused by: \(second)\n"))
        #expect(traced?["caused_by"]?["stack_trace"] == .string(second + "\n"))
        #expect(traced?["root_cause"]?.array?.first?["stack_trace"] == .string(first + "\n"))
        #expect(traced?["line"] == 1 && traced?["type"] == "document_parsing_exception")
    }

    @Test func whatIsNoErrorStaysAsItIs() {
        for body: JSONValue in [["error": "flat", "status": 405], ["a": 1], 3] { #expect(ErrorTrace.added(to: body) == body) }
    }
}
