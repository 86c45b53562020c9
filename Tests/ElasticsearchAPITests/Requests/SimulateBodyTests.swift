import Ingest
import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct SimulateBodyTests {
    private func body(_ text: String) throws(ElasticsearchError) -> SimulateBody {
        try SimulateBody(body: Array(text.utf8), timestamp: "now")
    }

    @Test func reads() throws {
        let body = try body(#"{"pipeline":{"processors":[]},"docs":[{"_source":{"a":1}},{"_index":"i","_id":"x","_source":{}}]}"#)
        #expect(body.pipeline == ["processors": []])
        #expect(body.documents.count == 2)
        #expect(body.documents[0].metadata == ["_index": "_index", "_id": "_id", "_version": -3])
        #expect(body.documents[1].metadata("_index") == "i")
        #expect(body.documents[0].source == ["a": 1])
        #expect(body.documents[0].ingest == ["timestamp": "now"])
    }

    @Test(arguments: [
        (#"{}"#, "parse_exception: [docs] required property is missing"),
        (#"{"docs":[]}"#, "illegal_argument_exception: must specify at least one document in [docs]"),
        (#"{"docs":[{}]}"#, "parse_exception: [_source] required property is missing"),
        (#"{"docs":[1]}"#, "illegal_argument_exception: malformed [docs] section, should include an inner object"),
    ])
    func refuses(_ text: String, _ expected: String) {
        #expect(failure { () throws(ElasticsearchError) in try body(text) }?.summary == expected)
    }
}
