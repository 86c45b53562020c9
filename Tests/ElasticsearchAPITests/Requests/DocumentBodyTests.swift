import Indices
import JSON
import Query
import Scripts
import Testing

@testable import ElasticsearchAPI

/// The bodies of `_update`, `_mget`, `_search/scroll`, `_pit` and of operations by query.
@Suite struct DocumentBodyTests {
    private func update(
        _ body: String, _ parameters: [String: String] = [:]
    ) throws(ElasticsearchError) -> WriteOperation {
        try .update(index: "i", id: "1", QueryParameters(parameters), body: Array(body.utf8))
    }

    @Test func updateTakesTheURL() throws {
        let operation = try update(
            #"{"script":"s"}"#,
            ["retry_on_conflict": "2", "_source_includes": "a", "lang": "painless", "routing": "r", "require_alias": "true"])
        #expect(operation.update?.retries == 2)
        #expect(operation.update?.shown == .filtered(includes: ["a"], excludes: []))
        #expect(operation.update?.script == .inline(Script("s")))
        #expect(operation.routing == "r" && operation.requiresAlias && operation.action == .update)
        #expect(try update(#"{"doc":{}}"#, ["if_seq_no": "3", "if_primary_term": "1"]).ifSequenceNumber == 3)
    }

    @Test(arguments: [
        (#"{}"#, "Validation Failed: 1: script or doc is missing;"),
        (#"{"doc":{},"script":"s"}"#, "Validation Failed: 1: can't provide both script and doc;"),
        (#"{"script":"s","doc_as_upsert":true}"#, "Validation Failed: 1: doc must be specified if doc_as_upsert is enabled;"),
        (
            #"{"doc":{},"if_seq_no":1,"if_primary_term":1,"upsert":{}}"#,
            "Validation Failed: 1: upsert requests don't support `if_seq_no` and `if_primary_term`;"
        ),
        (#"{"doc":1}"#, "[1:8] [UpdateRequest] doc doesn't support values of type: VALUE_NUMBER"),
        (#"{"doc":{},"detect_nop":true}"#, "[1:11] [UpdateRequest] unknown field [detect_nop] did you mean [detect_noop]?"),
        (
            #"{"script":{"lang":"x"}}"#,
            "must specify either [source] for an inline script or [id] for a stored script"
        ),
    ])
    func updateRefuses(_ body: String, _ reason: String) {
        #expect(failure { () throws(ElasticsearchError) in try update(body) }?.cause.reason == reason)
    }

    private func multiGet(
        _ body: String, index: String? = nil, _ parameters: [String: String] = [:]
    ) throws(ElasticsearchError) -> [DocumentRequest] {
        try MultiGetRequest(body: Array(body.utf8), index: index, parameters: QueryParameters(parameters)).documents
    }

    @Test func multiGetByIDs() throws {
        let documents = try multiGet(#"{"ids":["1",2]}"#, index: "i", ["_source": "false", "realtime": "false"])
        #expect(documents.map(\.id) == ["1", "2"] && documents.map(\.index) == ["i", "i"])
        #expect(documents.allSatisfy { $0.fetch.source == .none && !$0.isRealTime })
    }

    @Test func multiGetByDocuments() throws {
        let documents = try multiGet(
            #"""
            {"docs":[{"_id":"1","routing":"r","_source":{"excludes":"a","exclude_vectors":true}},
            {"_index":"j","_id":"2","stored_fields":["s","_routing"],"version":4,"version_type":"external"}]}
            """#, index: "i", ["routing": "q"])
        #expect(documents.map(\.index) == ["i", "j"] && documents.map(\.routing) == ["r", "q"])
        #expect(documents[0].fetch.source == .filtered(includes: [], excludes: ["a"]) && documents[0].fetch.excludesVectors)
        #expect(documents[1].fetch.source == .none && documents[1].fetch.storedFields == ["s"] && documents[1].version == 4)
    }

    @Test(arguments: [
        (#"{"docs":[]}"#, "Validation Failed: 1: no documents to get;"),
        (#"{"docs":[{"_id":"1"},{"_index":"i"}]}"#, "Validation Failed: 1: index is missing for doc 0;2: id is missing for doc 1;"),
        (#"{"ids":[{}]}"#, "ids array element should only contain ids"),
        (#"{"x":[]}"#, "unknown key [x] for a START_ARRAY, expected [docs] or [ids]"),
        (#"{"docs":[1]}"#, "docs array element should include an object"),
        (#"{"docs":[{"x":1}]}"#, "unknown key [x] for a VALUE_NUMBER in multi get document"),
    ])
    func multiGetRefuses(_ body: String, _ reason: String) {
        #expect(failure { () throws(ElasticsearchError) in try multiGet(body) }?.cause.reason == reason)
    }

    @Test func scrolls() throws {
        let body = try ScrollBody(
            Array(#"{"scroll_id":["a","b"],"scroll":"2m"}"#.utf8), path: "c", parameters: QueryParameters(), takesMany: true)
        #expect(body.ids == ["a", "b"] && body.keepAlive == .seconds(120))
        let path = try ScrollBody([UInt8]?.none, path: "a,b", parameters: QueryParameters(["scroll": "1m"]), takesMany: true)
        #expect(path.ids == ["a", "b"] && path.keepAlive == .seconds(60))
        let missing = failure { () throws(ElasticsearchError) in
            try ScrollBody([UInt8]?.none, path: nil, parameters: QueryParameters(), takesMany: false)
        }
        #expect(missing?.cause.reason == "Validation Failed: 1: scrollId is missing;")
        #expect(try ClosePointInTimeBody(Array(#"{"id":"x"}"#.utf8)).id == "x")
        #expect(failure { () throws(ElasticsearchError) in try ClosePointInTimeBody(Array("{}".utf8)) }?.status == 400)
    }

    private func deletion(
        _ body: String, _ parameters: [String: String] = [:]
    ) throws(ElasticsearchError) -> ByQueryRequest {
        try .deletion(IndexExpression(["i"]), body: Array(body.utf8), QueryParameters(parameters))
    }

    @Test func deletionByQuery() throws {
        let request = try deletion(
            #"{"query":{"match_all":{}},"max_docs":5}"#,
            ["conflicts": "proceed", "scroll_size": "7", "requests_per_second": "2.5", "slices": "auto", "refresh": "", "routing": "a,b"])
        #expect(request.maximumDocuments == 5 && request.proceedsOnConflict && request.batchSize == 7)
        #expect(request.requestsPerSecond == 2.5 && request.refreshes && request.routing == ["a", "b"])
        #expect(try deletion(#"{"query":{"match_all":{}}}"#, ["requests_per_second": "-1"]).requestsPerSecond == nil)
    }

    private static let refusedDeletions: [(String, [String: String], String)] = [
        (#"{}"#, [:], "Validation Failed: 1: query is missing;"),
        (#"{"query":{"match_all":{}},"script":"s"}"#, [:], "Unknown key for a VALUE_STRING in [script]."),
        (
            #"{"query":{"match_all":{}}}"#, ["requests_per_second": "0"],
            "[requests_per_second] must be a float greater than 0. Use -1 to disable throttling."
        ),
        (#"{"query":{"match_all":{}}}"#, ["conflicts": "x"], #"conflicts may only be "proceed" or "abort" but was [x]"#),
        (#"{"query":{"match_all":{}}}"#, ["slices": "0"], "[slices] must be a positive integer or the string \"auto\", but was [0]"),
        (#"{"query":{"match_all":{}}}"#, ["from": "1"], "Validation Failed: 1: from is not supported in this context;"),
        (
            #"{"query":{"match_all":{}}}"#, ["max_docs": "-2"],
            "Validation Failed: 1: [max_docs] parameter cannot be negative, found [-2];"
        ),
        (
            #"{"query":{"match_all":{}}}"#, ["scroll_size": "10001"],
            "Batch size is too large, size must be less than or equal to: [10000] but was [10001]"
        ),
    ]

    @Test(arguments: refusedDeletions)
    func deletionRefuses(_ body: String, _ parameters: [String: String], _ reason: String) {
        #expect(failure { () throws(ElasticsearchError) in try deletion(body, parameters) }?.cause.reason == reason)
    }

    private func reindex(_ body: String) throws(ElasticsearchError) -> ReindexRequest {
        try ReindexRequest(body: Array(body.utf8), QueryParameters())
    }

    @Test func reindexing() throws {
        let local = try reindex(
            #"""
            {"source":{"index":["a","b,c"],"query":{"ids":{"values":["1"]}},"_source":["x"],"size":50},
            "dest":{"index":"d","op_type":"create","routing":"=r"},"max_docs":3,"conflicts":"proceed"}
            """#)
        #expect(local.request.source.patterns == ["a", "b", "c"] && local.request.batchSize == 50)
        #expect(local.request.query?.kind == .ids(["1"]) && local.remote == nil)
        guard case .reindex(let destination, nil) = local.request.operation else {
            Issue.record("no destination")
            return
        }
        #expect(destination.index == "d" && destination.mustCreate && destination.routing == .value("r"))
        let remote = try reindex(
            #"""
            {"source":{"index":"a","query":{"anything":{}},"remote":{"host":"https://es.example:9243/prefix/","username":"u",
            "password":"p","headers":{"X":"y"},"socket_timeout":"1m"}},"dest":{"index":"d","version_type":"external"}}
            """#).remote
        #expect(remote?.url == "https://es.example:9243/prefix" && remote?.host == "es.example:9243")
        #expect(remote?.query == ["anything": [:]] && remote?.username == "u" && remote?.socketTimeout == .seconds(60))
    }

    @Test(arguments: [
        (#"{"source":{"index":"a"},"dest":{}}"#, "Validation Failed: 1: index is missing;"),
        (
            #"{"source":{},"dest":{"index":"d"}}"#,
            "Validation Failed: 1: use _all if you really want to copy from all existing indexes;"
        ),
        (#"{"source":{"index":"a"},"dest":{"index":"d","routing":"x"}}"#, "Unsupported routing update [x]"),
        (
            #"{"source":{"index":"a"},"dest":{"index":"d","op_type":"create","version_type":"external"}}"#,
            "Validation Failed: 1: create operations only support internal versioning. use index instead;"
        ),
        (
            #"{"source":{"index":"a","remote":{"host":"es:9200"}},"dest":{"index":"d"}}"#,
            "[host] must be of the form [scheme]://[host]:[port](/[pathPrefix])? but was [es:9200]"
        ),
        (
            #"{"source":{"index":"a","remote":{"host":"http://listed:1@other:2"}},"dest":{"index":"d"}}"#,
            "[host] must be of the form [scheme]://[host]:[port](/[pathPrefix])? but was [http://listed:1@other:2]"
        ),
        (
            #"{"source":{"index":"a","remote":{"host":"http://h:1","headers":{"X":"a\nB: c"}}},"dest":{"index":"d"}}"#,
            "[headers] must not contain control characters"
        ),
    ])
    func reindexingRefuses(_ body: String, _ reason: String) {
        #expect(failure { () throws(ElasticsearchError) in try reindex(body) }?.cause.reason == reason)
    }
}
