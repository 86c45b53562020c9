import JSON
import Indices
import Testing

@testable import ElasticsearchAPI

@Suite struct BulkRequestTests {
    private func items(_ body: String, index: String? = "i") throws(ElasticsearchError) -> [BulkRequest.Item] {
        try BulkRequest(body: Array(body.utf8), defaults: .init(index: index)).items
    }

    @Test func readsActionsInOrder() throws {
        let items = try items(
            """
            {"index":{}}
            {"a":1}
            {"create":{"_index":"j","_id":7,"routing":"r","require_alias":true}}
            {"b":2}\r

            {"delete":{"_id":"x","if_seq_no":3,"if_primary_term":"1"}}

            """)
        let writes = items.compactMap { item -> WriteOperation? in if case .write(let write) = item { write } else { nil } }
        #expect(writes.map(\.action) == [.index, .create, .delete])
        #expect(writes.map(\.index) == ["i", "j", "i"])
        #expect(writes.map(\.id) == [nil, "7", "x"])
        #expect(writes[0].source == Array(#"{"a":1}"#.utf8))
        #expect(writes[1].routing == "r")
        #expect(writes[1].requiresAlias)
        #expect(writes[2].ifSequenceNumber == 3)
        #expect(writes[2].ifPrimaryTerm == 1)
    }

    @Test func refusesSingleItems() throws {
        let items = try items(
            """
            {"update":{"_id":"1"}}
            {"doc":{}}
            {"index":{"pipeline":"p"}}
            {}
            {"index":{}}
            {}

            """)
        let reasons = items.map { item -> String? in if case .refused(let item) = item { item.error.cause.reason } else { nil } }
        #expect(reasons == ["[update] actions are not supported", nil, nil])
        let pipelines = items.map { item -> String? in if case .write(let write) = item { write.pipeline } else { nil } }
        #expect(pipelines == [nil, "p", nil])
    }

    @Test(arguments: [
        ("", "Validation Failed: 1: no requests added;"),
        ("\n", "Validation Failed: 1: no requests added;"),
        (#"{"index":{}}"#, #"The bulk request must be terminated by a newline [\n]"#),
        ("{\"index\":{}}\n{}", #"The bulk request must be terminated by a newline [\n]"#),
        ("{\"index\":{}}\n", "Malformed bulk request: action on line [1] has no document"),
        ("[]\n", "Malformed action/metadata line [1], expected START_OBJECT but found [START_ARRAY]"),
        ("{}\n", "Malformed action/metadata line [1], expected FIELD_NAME but found [END_OBJECT]"),
        (
            "{\"x\":{}}\n",
            "Malformed action/metadata line [1], expected field [create], [delete], [index] or [update] but found [x]"
        ),
        ("{\"index\":1}\n", "Malformed action/metadata line [1], expected START_OBJECT but found [VALUE_NUMBER]"),
        ("{\"index\":{\"x\":1}}\n", "Action/metadata line [1] contains an unknown parameter [x]"),
        (
            "{\"index\":{\"_id\":[]}}\n",
            "Malformed action/metadata line [1], expected a simple value for field [_id] but found [START_ARRAY]"
        ),
        (
            "{\"index\":{},\"create\":{}}\n{}\n",
            "Malformed action/metadata line [1], expected END_OBJECT but found [FIELD_NAME]"
        ),
        ("{\"delete\":{}}\n", "Validation Failed: 1: id is missing;"),
        ("{\"index\":{\"if_seq_no\":1}}\n{}\n", "Validation Failed: 1: ifSeqNo is set, but primary term is [0];"),
        ("{\"index\":{\"if_seq_no\":\"x\"}}\n{}\n", "For input string: \"x\""),
    ])
    func refuses(_ body: String, _ reason: String) {
        let error = failure { () throws(ElasticsearchError) in try items(body) }
        #expect(error?.cause.reason == reason)
        #expect(error?.status == 400)
    }

    @Test func needsAnIndex() {
        let error = failure { () throws(ElasticsearchError) in try items("{\"index\":{}}\n{}\n", index: nil) }
        #expect(error?.cause.reason == "Validation Failed: 1: index is missing;")
        #expect(error?.cause.type == "action_request_validation_exception")
    }
}
