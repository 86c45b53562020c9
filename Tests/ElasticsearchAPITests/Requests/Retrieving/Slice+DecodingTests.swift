import Indices
import JSON
import Query
import Testing

@testable import ElasticsearchAPI

struct SliceDecodingTests {
    private func reason(_ slice: String) -> String? {
        do {
            _ = try SearchRequest(
                body: Array(#"{"slice":\#(slice)}"#.utf8), parameters: QueryParameters(["scroll": "1m"]), isIndexGiven: true)
            return nil
        } catch {
            let cause = error.cause
            return cause.causedBy?.reason ?? cause.reason
        }
    }

    @Test func boundsAreChecked() {
        #expect(reason(#"{"id":0,"max":2}"#) == nil)
        #expect(reason(#"{"id":"1","max":"1025","field":"f"}"#) == nil)
        #expect(reason(#"{"id":0,"max":1}"#) == "max must be greater than 1")
        #expect(reason(#"{"id":2,"max":2}"#) == "max must be greater than id")
        #expect(reason(#"{"id":-1,"max":2}"#) == "id must be greater than or equal to 0")
    }

    private func slices(_ text: String?, more: [String: String] = [:]) throws -> ByQueryRequest.Slices {
        var values = more
        values["slices"] = text
        return try ByQueryRequest.deletion(
            IndexExpression(["i"]), body: Array(#"{"query":{"match_all":{}}}"#.utf8), QueryParameters(values)
        ).slices
    }

    @Test func operationsAreDoneInParts() throws {
        #expect(try slices(nil) == .count(1))
        #expect(try slices("7") == .count(7))
        #expect(try slices("auto") == .automatic)
        for text in ["0", "-1", "junk", ""] { #expect(throws: ElasticsearchError.self) { try slices(text) } }
        #expect(throws: ElasticsearchError.self) { try slices("2", more: ["max_docs": "1"]) }
        #expect(try slices("2", more: ["max_docs": "2"]) == .count(2))
    }
}
