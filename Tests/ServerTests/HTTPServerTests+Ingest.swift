import JSON
import Testing

@testable import Server

extension HTTPServerTests {
    @Test func pipelinesChangeWhatIsWritten() async throws {
        try await withServer { client in
            let definition = #"{"description":"d","processors":[{"set":{"field":"b","value":"{{a}}!"}},{"drop":{"if":"ctx.a == 'drop'"}},{"fail":{"if":"ctx.a == 'fail'","message":"no"}}]}"#
            #expect(try await client.send("PUT", "/_ingest/pipeline/p", definition).text == #"{"acknowledged":true}"#)
            #expect(try await client.send("GET", "/_ingest/pipeline/p").json["p"]?["description"] == "d")
            #expect(try await client.send("GET", "/_ingest/pipeline/zz").status == 404)
            #expect(try await client.send("PUT", "/_ingest/pipeline/q", #"{"processors":[{"zz":{}}]}"#).json["error"]?["processor_type"] == "zz")
            #expect(try await client.send("PUT", "/i/_doc/1?pipeline=p", #"{"a":"x"}"#).status == 201)
            #expect(try await client.send("GET", "/i/_doc/1").json["_source"] == ["a": "x", "b": "x!"])
            #expect(try await client.send("PUT", "/i/_doc/2?pipeline=p", #"{"a":"drop"}"#).json["result"] == "noop")
            #expect(try await client.send("PUT", "/i/_doc/2?pipeline=p", #"{"a":"fail"}"#).json["error"]?["type"] == "fail_processor_exception")
            let missing = try await client.send("PUT", "/i/_doc/2?pipeline=zz", "{}")
            #expect(missing.status == 400 && missing.json["error"]?["reason"] == "pipeline with id [zz] does not exist")

            #expect(try await client.send("PUT", "/j", #"{"settings":{"index.default_pipeline":"p"}}"#).status == 200)
            #expect(try await client.send("DELETE", "/_ingest/pipeline/p").status == 400)
            let bulk = try await client.send(
                "POST", "/j/_bulk",
                """
                {"index":{"_id":"1"}}
                {"a":"x"}
                {"index":{"_id":"2"}}
                {"a":"drop"}
                {"index":{"_id":"3"}}
                {"a":"fail"}
                {"index":{"_id":"4","pipeline":"_none"}}
                {"a":"y"}
                {"delete":{"_id":"1"}}

                """, type: "application/x-ndjson")
            let items = bulk.json["items"]?.array ?? []
            #expect(items.map { $0.object?.members.first?.value["status"] } == [201, 200, 500, 201, 200])
            #expect(items[1]["index"]?["result"] == "noop")
            #expect(try await client.send("GET", "/j/_doc/4").json["_source"] == ["a": "y"])
            #expect(try await client.send("DELETE", "/j").status == 200)
            #expect(try await client.send("DELETE", "/_ingest/pipeline/p").status == 200)
            #expect(try await client.send("DELETE", "/_ingest/pipeline/p").status == 404)
        }
    }

    @Test func documentsAreSentOnToOtherIndices() async throws {
        try await withServer { client in
            func pipeline(_ id: String, _ processors: String) async throws {
                #expect(try await client.send("PUT", "/_ingest/pipeline/\(id)", #"{"processors":[\#(processors)]}"#).status == 200)
            }
            try await pipeline("first", #"{"set":{"field":"f","value":1}},{"reroute":{"destination":"second"}},{"set":{"field":"no","value":1}}"#)
            try await pipeline("outer", #"{"pipeline":{"name":"first"}},{"set":{"field":"no","value":1}}"#)
            try await pipeline("second", #"{"set":{"field":"s","value":1,"tag":"t"}},{"set":{"if":"false","field":"no","value":1}},{"fail":{"message":"x","ignore_failure":true}}"#)
            try await pipeline("last", #"{"set":{"field":"l","value":1}}"#)
            #expect(try await client.send("PUT", "/first", #"{"settings":{"index.default_pipeline":"outer","index.final_pipeline":"zz"}}"#).status == 200)
            #expect(try await client.send("PUT", "/second", #"{"settings":{"index.default_pipeline":"second","index.final_pipeline":"last"}}"#).status == 200)
            #expect(try await client.send("PUT", "/first/_doc/1", #"{"a":1}"#).json["_index"] == "second")
            #expect(try await client.send("GET", "/second/_doc/1").json["_source"] == ["a": 1, "f": 1, "s": 1, "l": 1])

            try await pipeline("logs", #"{"reroute":{"dataset":["{{ds}}","none"]}}"#)
            #expect(try await client.send("PUT", "/logs-a-b-c/_doc/1?pipeline=logs", #"{"ds":"X-Y"}"#).json["_index"] == "logs-x_y-b-c")
            let stream = try await client.send("GET", "/logs-x_y-b-c/_doc/1").json["_source"]?["data_stream"]
            #expect(stream == ["type": "logs", "dataset": "x_y", "namespace": "b-c"])
            try await pipeline("back", #"{"reroute":{"destination":"first"}}"#)
            #expect(try await client.send("PUT", "/second/_settings", #"{"index.default_pipeline":"back"}"#).status == 200)
            #expect(try await client.send("PUT", "/first/_doc/2", "{}").json["error"]?["type"] == "illegal_state_exception")

            let nodes = try await client.send("GET", "/_nodes/stats/ingest").json["nodes"]?.object?.members.first?.value["ingest"]
            let second = nodes?["pipelines"]?["second"]
            #expect(second?["count"] == 1 && second?["failed"] == 0 && nodes?["total"]?["count"] == 3)
            let processors = (second?["processors"]?.array ?? []).compactMap { $0.object?.members.first }
            #expect(processors.map(\.key) == ["set:t", "set", "fail"])
            #expect(processors.map { $0.value["type"] } == ["set", "conditional", "fail"])
            #expect(processors.map { $0.value["stats"]?["count"] } == [1, 0, 1] && processors.last?.value["stats"]?["failed"] == 1)
            let cluster = try await client.send("GET", "/_cluster/stats").json["nodes"]?["ingest"]
            #expect(cluster?["number_of_pipelines"] == 6 && cluster?["processor_stats"]?["fail"]?["failed"] == 1)
            let known = try await client.send("GET", "/_nodes/ingest").json["nodes"]?.object?.members.first?.value["ingest"]?["processors"]
            for type in known?.array ?? [] {
                let name = type["type"]?.string ?? ""
                let problem = try await client.send("PUT", "/_ingest/pipeline/zz", #"{"processors":[{"\#(name)":{"zz":1}}]}"#).json["error"]?["reason"]?.string
                #expect(problem?.contains("No processor type exists") == false, "\(name)")
            }
            #expect((known?.array ?? []).count > 30)
        }
    }

    @Test func pipelinesOfAliasesUpdatesAndOperationsByQuery() async throws {
        try await withServer { client in
            for name in ["p", "q"] {
                let definition = #"{"processors":[{"set":{"field":"\#(name)","value":1}},{"drop":{"if":"ctx.drop == true"}}]}"#
                #expect(try await client.send("PUT", "/_ingest/pipeline/\(name)", definition).status == 200)
            }
            let template = #"{"index_patterns":["t*"],"template":{"settings":{"index.default_pipeline":"p"}}}"#
            #expect(try await client.send("PUT", "/_index_template/t", template).status == 200)
            #expect(try await client.send("PUT", "/old", #"{"aliases":{"a":{}}}"#).status == 200)
            #expect(try await client.send("PUT", "/new", #"{"aliases":{"a":{"is_write_index":true}}}"#).status == 200)
            #expect(try await client.send("PUT", "/new/_settings", #"{"index.default_pipeline":"p"}"#).status == 200)
            #expect(try await client.send("PUT", "/a/_doc/1", #"{"n":1}"#).status == 201)
            #expect(try await client.send("GET", "/new/_doc/1").json["_source"] == ["n": 1, "p": 1])
            #expect(try await client.send("PUT", "/t1/_doc/1", "{}").status == 201)
            #expect(try await client.send("GET", "/t1/_doc/1").json["_source"] == ["p": 1])

            let bulk = try await client.send(
                "POST", "/a/_bulk?refresh",
                """
                {"update":{"_id":"2","pipeline":"q","list_executed_pipelines":true}}
                {"script":"ctx._source.n += 1","upsert":{"n":1}}
                {"update":{"_id":"2"}}
                {"script":"ctx._source.n += 1"}
                {"update":{"_id":"3"}}
                {"doc":{"drop":true},"doc_as_upsert":true}
                {"index":{"_id":"4","list_executed_pipelines":true}}
                {"n":4}

                """, type: "application/x-ndjson")
            let items = (bulk.json["items"]?.array ?? []).compactMap { $0.object?.members.first?.value }
            #expect(items.map { $0["result"] } == ["created", "updated", "noop", "created"])
            #expect(items[0]["executed_pipelines"] == ["q"] && items[3]["executed_pipelines"] == ["p"])
            #expect(try await client.send("GET", "/new/_doc/2").json["_source"] == ["n": 2, "q": 1])

            let copy = #"{"source":{"index":"new"},"dest":{"index":"copy","pipeline":"q"},"script":"ctx._source.drop = ctx._id == '4'"}"#
            let copied = try await client.send("POST", "/_reindex?refresh", copy)
            #expect(copied.json["created"] == 2 && copied.json["noops"] == 1)
            #expect(try await client.send("GET", "/copy/_doc/1").json["_source"] == ["n": 1, "p": 1, "drop": false, "q": 1])
            let byQuery = #"{"script":{"source":"ctx._source.n += params.k","params":{"k":10}}}"#
            let updated = try await client.send("POST", "/copy/_update_by_query?pipeline=p&refresh", byQuery)
            #expect(updated.json["updated"] == 2)
            #expect(try await client.send("GET", "/copy/_doc/2").json["_source"] == ["n": 12, "q": 1, "drop": false, "p": 1])
            let missing = try await client.send("POST", "/copy/_update_by_query?pipeline=zz", "{}")
            #expect(missing.status == 400 && missing.json["failures"]?.array?.first?["cause"]?["reason"] == "pipeline with id [zz] does not exist")
            let broken = try await client.send("POST", "/copy/_update/1", #"{"script":"ctx._source.x.y = 1"}"#)
            #expect(broken.status == 400 && broken.json["error"]?["reason"] == "failed to execute script")
            #expect(broken.json["error"]?["caused_by"]?["type"] == "script_exception")
        }
    }

    @Test func simulation() async throws {
        try await withServer { client in
            let body = #"{"pipeline":{"processors":[{"set":{"field":"a","value":1}},{"remove":{"field":"zz","ignore_failure":true}}]},"docs":[{"_source":{}}]}"#
            let plain = try await client.send("POST", "/_ingest/pipeline/_simulate", body)
            let doc = plain.json["docs"]?.array?.first?["doc"]
            #expect(doc?["_source"] == ["a": 1] && doc?["_version"] == "-3" && doc?["_index"] == "_index")
            let verbose = try await client.send("POST", "/_ingest/pipeline/_simulate?verbose", body)
            let steps = verbose.json["docs"]?.array?.first?["processor_results"]?.array ?? []
            #expect(steps.map { $0["status"] } == ["success", "error_ignored"])
            #expect(try await client.send("GET", "/_ingest/processor/grok").json["patterns"]?["WORD"] != nil)
        }
    }

    @Test func scriptsAreStoredAndScore() async throws {
        try await withServer { client in
            let source = #"{"script":{"lang":"painless","source":"doc['n'].value * params.k"}}"#
            #expect(try await client.send("PUT", "/_scripts/s", source).text == #"{"acknowledged":true}"#)
            #expect(try await client.send("GET", "/_scripts/s").json["script"]?["lang"] == "painless")
            #expect(try await client.send("GET", "/_scripts/zz").text == #"{"_id":"zz","found":false}"#)
            for (id, n) in [("1", 2), ("2", 5), ("3", 3)] {
                #expect(try await client.send("PUT", "/i/_doc/\(id)?refresh=true", #"{"n":\#(n)}"#).status == 201)
            }
            let search = { (script: String) in
                try await client.send("POST", "/i/_search", #"{"query":{"script_score":{"query":{"match_all":{}},"script":\#(script)}}}"#)
            }
            let stored = try await search(#"{"id":"s","params":{"k":2}}"#)
            #expect(stored.json["hits"]?["hits"]?.array?.map { $0["_id"] } == ["2", "3", "1"])
            #expect(stored.json["hits"]?["max_score"] == 10.0)
            #expect(try await search(#"{"id":"zz"}"#).status == 404)
            let negative = try await search(#""-1.0 * _score""#)
            #expect(negative.status == 400 && negative.text.contains("Must be a non-negative score!"))
            #expect(try await search(#""1 +""#).json["error"]?["root_cause"]?.array?.first?["type"] == "script_exception")
            let tried = try await client.send("POST", "/_scripts/painless/_execute", #"{"script":{"source":"params.a / 2","params":{"a":7}}}"#)
            #expect(tried.text == #"{"result":"3"}"#)
            let filter = try await client.send(
                "POST", "/_scripts/painless/_execute",
                #"{"script":"doc['n'].value > 3","context":"filter","context_setup":{"index":"i","document":{"n":4}}}"#)
            #expect(filter.text == #"{"result":true}"#)
            #expect(try await client.send("DELETE", "/_scripts/s").status == 200)
            #expect(try await client.send("DELETE", "/_scripts/s").status == 404)
        }
    }
}
