import JSON
import Indices
import Query
import Shards
import Scripts
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
        let writes = items.compactMap { item -> WriteOperation? in if case .write(let write, _) = item { write } else { nil } }
        #expect(writes.map(\.action) == [.index, .create, .delete])
        #expect(writes.map(\.index) == ["i", "j", "i"])
        #expect(writes.map(\.id) == [nil, "7", "x"])
        #expect(writes[0].source == Array(#"{"a":1}"#.utf8))
        #expect(writes[1].routing == "r")
        #expect(writes[1].requiresAlias)
        #expect(writes[2].ifSequenceNumber == 3)
        #expect(writes[2].ifPrimaryTerm == 1)
    }

    @Test func itemsNameTheirPipelines() throws {
        let items = try items(
            """
            {"update":{"_id":"1","pipeline":"p"}}
            {"doc":{}}
            {"index":{"pipeline":"p"}}
            {}
            {"index":{}}
            {}

            """)
        let pipelines = items.map { item -> String? in if case .write(let write, _) = item { write.pipeline } else { nil } }
        #expect(pipelines == ["p", "p", nil])
    }

    @Test func readsEveryKey() throws {
        let body = """
            {"update":{"_id":"1","retry_on_conflict":3,"_source":["a"],"if_seq_no":null}}
            {"doc":{"a":1},"detect_noop":false,"doc_as_upsert":true}
            {"index":{"_id":"2","version":4,"version_type":"external","dynamic_templates":{"f":"t"},"require_data_stream":true}}
            {}
            {"update":{"_id":"3"}}
            {"script":{"source":"s","params":{"p":1}},"upsert":{"u":1},"scripted_upsert":true,"_source":true}
            {"delete":{"_id":"4","version":"5","version_type":"external_gte"}}

            """
        let defaults = try BulkRequest.Defaults(
            index: "i", parameters: QueryParameters(["list_executed_pipelines": "true", "_source": "b"]))
        let items = try BulkRequest(body: Array(body.utf8), defaults: defaults).items
        let writes = items.compactMap { item -> WriteOperation? in
            if case .write(let write, listsPipelines: true) = item { write } else { nil }
        }
        #expect(writes.map(\.action) == [.update, .index, .update, .delete])
        let first = try #require(writes[0].update)
        #expect(first.retries == 3 && !first.detectsNoop && first.upsertsDocument)
        #expect(first.shown == .filtered(includes: ["a"], excludes: []))
        #expect(first.document.map { JSONValue($0) } == ["a": 1])
        #expect(writes[1].version == ExternalVersion(4) && writes[1].requiresDataStream)
        #expect(writes[1].dynamicTemplates == ["f": "t"])
        let scripted = try #require(writes[2].update)
        #expect(scripted.script == .inline(Script("s", parameters: ScriptParameters(["p": 1]))))
        #expect(scripted.isScriptedUpsert && scripted.shown == .all)
        #expect(writes[3].version == ExternalVersion(5, allowsEqual: true))
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
        ("{\"index\":{\"version_type\":\"x\"}}\n{}\n", "No version type match [x]"),
        (
            "{\"update\":{\"_id\":\"1\",\"version\":1}}\n{\"doc\":{}}\n",
            "Update requests do not support versioning. Please use `if_seq_no` and `if_primary_term` instead"
        ),
        ("{\"update\":{\"_id\":\"1\"}}\n{}\n", "Validation Failed: 1: script or doc is missing;"),
        ("{\"update\":{\"_id\":\"1\"}}\n{\"x\":1}\n", "[1:2] [UpdateRequest] unknown field [x]"),
        (
            "{\"update\":{\"_id\":\"1\",\"if_seq_no\":1,\"if_primary_term\":1,\"retry_on_conflict\":1}}\n{\"doc\":{}}\n",
            "Validation Failed: 1: compare and write operations can not be retried;"
        ),
        (
            "{\"create\":{\"_id\":\"1\",\"version\":1}}\n{}\n",
            "Validation Failed: 1: create operations do not support explicit versions. use index instead;"
        ),
        (
            "{\"index\":{\"dynamic_templates\":[]}}\n{}\n",
            "Malformed action/metadata line [1], expected a simple value for field [dynamic_templates] but found [START_ARRAY]"
        ),
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
