import JSON
import Testing

@testable import Server

/// Every endpoint of documents, over a real socket.
extension HTTPServerTests {
    private static let lines = "application/x-ndjson"

    private func number(_ value: JSONValue?) -> Int? { if case .int(let number)? = value { number } else { nil } }

    @Test func updates() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/i/_doc/1?refresh", #"{"a":1,"o":{"x":1}}"#)
            let updated = try await client.send("POST", "/i/_update/1?_source=true", #"{"doc":{"o":{"y":2}}}"#)
            #expect(updated.status == 200 && updated.json["result"] == "updated" && updated.json["_version"] == 2)
            #expect(updated.json["get"]?["_source"]?["o"]?["y"] == 2 && updated.json["get"]?["found"] == true)
            let noop = try await client.send("POST", "/i/_update/1", #"{"doc":{"a":1}}"#)
            #expect(noop.json["result"] == "noop" && noop.json["_shards"]?["total"] == 0)
            let missing = try await client.send("POST", "/i/_update/2", #"{"doc":{}}"#)
            #expect(missing.status == 404 && missing.json["error"]?["type"] == "document_missing_exception")
            #expect(missing.json["error"]?["reason"] == "[2]: document missing" && missing.json["error"]?["shard"] == "0")
            let made = try await client.send("POST", "/i/_update/2", #"{"doc":{"b":1},"doc_as_upsert":true}"#)
            #expect(made.status == 201 && made.headers["Location"] as? String == "/i/_doc/2")
            let script = try await client.send("POST", "/i/_update/1", #"{"script":"ctx._source.a = 2"}"#)
            #expect(script.status == 200 && script.json["result"] == "updated")
            let stale = try await client.send("POST", "/i/_update/1?if_seq_no=0&if_primary_term=1", #"{"doc":{"a":3}}"#)
            #expect(stale.status == 409)
            #expect(
                stale.json["error"]?["reason"]
                    == "[1]: version conflict, required seqNo [0], primary term [1]. current document has seqNo [3] and primary term [1]")
            let alias = try await client.send("POST", "/i/_update/1?require_alias=true", #"{"doc":{}}"#)
            #expect(alias.status == 404)
        }
    }

    @Test func bulkOfEveryAction() async throws {
        try await withServer { client in
            let body = """
                {"index":{"_id":"1","list_executed_pipelines":true}}
                {"a":1}
                {"update":{"_id":"1","_source":true}}
                {"doc":{"b":2}}
                {"update":{"_id":"2"}}
                {"doc":{"b":2}}
                {"create":{"_id":"1"}}
                {}
                {"index":{"_id":"3","version":7,"version_type":"external"}}
                {}
                {"delete":{"_id":"3","version":7,"version_type":"external"}}
                {"index":{"_id":"4","require_data_stream":true}}
                {}
                {"delete":{"_id":"4"}}

                """
            let answer = try await client.send("POST", "/i/_bulk?refresh", body, type: Self.lines)
            let items = try #require(answer.json["items"]?.array)
            let details = items.compactMap { $0.object?.first { _ in true }?.value }
            #expect(details.map { number($0["status"]) } == [201, 200, 404, 409, 201, 409, 404, 404])
            #expect(details[0]["executed_pipelines"] == [])
            #expect(details[1]["get"]?["_source"]?["b"] == 2 && details[1]["executed_pipelines"] == nil)
            #expect(details[2]["error"]?["type"] == "document_missing_exception")
            #expect(
                details[5]["error"]?["reason"]
                    == "[3]: version conflict, current version [7] is higher or equal to the one provided [7]")
            #expect(details[6]["error"]?["reason"] == "[require_data_stream] request flag is [true] and [i] is not a data stream")
            #expect(details[7]["result"] == "not_found")
            #expect(answer.json["errors"] == true)
        }
    }

    @Test func readingDocuments() async throws {
        try await withServer { client in
            // What is not realtime is told before any refresh: none may come by itself.
            let index = #"{"settings":{"refresh_interval":"-1"},"mappings":{"properties":{"k":{"type":"keyword","store":true},"v":{"type":"dense_vector","dims":2}}}}"#
            _ = try await client.send("PUT", "/i", index)
            _ = try await client.send("PUT", "/i/_doc/1", #"{"k":"a","v":[1,2]}"#)
            #expect(try await client.send("GET", "/i/_source/1").text == #"{"k":"a","v":[1,2]}"#)
            #expect(try await client.send("GET", "/i/_source/1?_source_includes=k").text == #"{"k":"a"}"#)
            #expect(try await client.send("HEAD", "/i/_source/2").status == 404)
            let missing = try await client.send("GET", "/i/_source/2")
            #expect(missing.status == 404 && missing.json["error"]?["reason"] == "Document not found [i]/[2]")
            let stored = try await client.send("GET", "/i/_doc/1?stored_fields=k,v")
            #expect(stored.json["fields"]?["k"] == ["a"] && stored.json["_source"] == nil)
            #expect(try await client.send("GET", "/i/_doc/1?_source_exclude_vectors=true").json["_source"] == ["k": "a"])
            let version = try await client.send("GET", "/i/_doc/1?version=3")
            #expect(version.status == 409)
            #expect(
                version.json["error"]?["reason"]
                    == "[1]: version conflict, current version [1] is different than the one provided [3]")
            #expect(try await client.send("HEAD", "/i/_doc/1?realtime=false").status == 404)
            let many = try await client.send(
                "POST", "/i/_mget?_source_exclude_vectors=true", #"{"docs":[{"_id":"1"},{"_id":"2"},{"_index":"j","_id":"1"},{"_id":"1","version":9}]}"#)
            let documents = try #require(many.json["docs"]?.array)
            #expect(documents[0]["_source"] == ["k": "a"] && documents[1]["found"] == false)
            #expect(documents[2]["error"]?["type"] == "index_not_found_exception")
            #expect(documents[3]["error"]?["root_cause"]?.array?.first?["type"] == "version_conflict_engine_exception")
        }
    }

    @Test func manySearches() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/i/_doc/1?refresh", #"{"k":"a"}"#)
            let body = """
                {}
                {"query":{"ids":{"values":["1"]}}}
                {"index":"none"}
                {}
                {"index":"i"}
                {"size":20000}

                """
            let answer = try await client.send("POST", "/i/_msearch", body, type: Self.lines)
            let responses = try #require(answer.json["responses"]?.array)
            #expect(responses.map { number($0["status"]) } == [200, 404, 400])
            #expect(responses[0]["hits"]?["hits"]?.array?.first?["_id"] == "1")
            #expect(responses[1]["error"]?["root_cause"]?.array?.first?["type"] == "index_not_found_exception")
            #expect(try await client.send("POST", "/_msearch", "{}\n{\"x\":1}\n", type: Self.lines).status == 400)
        }
    }

    @Test func scrollsAndPointsInTime() async throws {
        try await withServer { client in
            for id in 1...5 { _ = try await client.send("PUT", "/i/_doc/\(id)?refresh", "{}") }
            var page = try await client.send("POST", "/i/_search?scroll=1m&size=2", #"{"sort":["_doc"]}"#)
            let id = try #require(page.json["_scroll_id"]?.string)
            var seen = 0
            while let hits = page.json["hits"]?["hits"]?.array, !hits.isEmpty {
                seen += hits.count
                page = try await client.send("POST", "/_search/scroll", #"{"scroll_id":"\#(id)","scroll":"1m"}"#)
            }
            #expect(seen == 5)
            #expect(try await client.send("DELETE", "/_search/scroll/\(id)").json["num_freed"] == 1)
            let gone = try await client.send("GET", "/_search/scroll?scroll_id=\(id)")
            #expect(gone.status == 404 && gone.json["error"]?["failed_shards"]?.array?.first?["shard"] == -1)
            #expect(gone.json["error"]?["root_cause"]?.array?.first?["type"] == "search_context_missing_exception")
            #expect(try await client.send("DELETE", "/_search/scroll", #"{"scroll_id":"\#(id)"}"#).status == 404)
            #expect(try await client.send("DELETE", "/_search/scroll/_all").status == 200)

            let pit = try #require(try await client.send("POST", "/i/_pit?keep_alive=1m").json["id"]?.string)
            let found = try await client.send("POST", "/_search", #"{"pit":{"id":"\#(pit)"},"sort":["_shard_doc"],"size":2}"#)
            #expect(found.json["pit_id"] == .string(pit))
            #expect(found.json["hits"]?["hits"]?.array?.compactMap { $0["sort"] } == [[0], [1]])
            #expect(found.json["hits"]?["max_score"] == .null)
            #expect(try await client.send("POST", "/i/_search", #"{"pit":{"id":"\#(pit)"}}"#).status == 400)
            #expect(try await client.send("POST", "/i/_pit").status == 400)
            let long = try await client.send("POST", "/i/_pit?keep_alive=25h")
            #expect(
                long.json["error"]?["root_cause"]?.array?.first?["reason"]
                    == "Keep alive for request (25h) is too large. It must be less than (24h). This limit can be set by changing the [search.max_keep_alive] cluster level setting.")
            #expect(try await client.send("DELETE", "/_pit", #"{"id":"\#(pit)"}"#).text == #"{"succeeded":true,"num_freed":1}"#)
            #expect(try await client.send("DELETE", "/_pit", #"{"id":"\#(pit)"}"#).status == 404)
        }
    }

    @Test func someShardsFail() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/good", #"{"mappings":{"properties":{"v":{"type":"dense_vector","dims":1}}}}"#)
            _ = try await client.send("PUT", "/bad", #"{"mappings":{"properties":{"v":{"type":"keyword"}}}}"#)
            let body = #"{"knn":{"field":"v","query_vector":[1],"k":1,"num_candidates":1}}"#
            let partial = try await client.send("POST", "/good,bad/_search", body)
            #expect(partial.status == 200 && partial.json["_shards"]?["failed"] == 1)
            let failure = partial.json["_shards"]?["failures"]?.array?.first
            #expect(failure?["index"] == "bad" && failure?["reason"]?["type"] == "query_shard_exception")
            let strict = try await client.send("POST", "/good,bad/_search?allow_partial_search_results=false", body)
            #expect(strict.status == 400 && strict.json["error"]?["reason"] == "Partial shards failure")
            let none = try await client.send("POST", "/bad/_search", body)
            #expect(none.status == 400 && none.json["error"]?["reason"] == "all shards failed")
        }
    }

    @Test func byQueryAndTasks() async throws {
        try await withServer { client in
            for id in 1...6 { _ = try await client.send("PUT", "/i/_doc/\(id)?refresh", #"{"n":\#(id % 2)}"#) }
            let query = #"{"query":{"term":{"n":1}}}"#
            let updated = try await client.send("POST", "/i/_update_by_query?refresh", query)
            #expect(updated.json["updated"] == 3 && updated.json["total"] == 3 && updated.json["failures"] == [])
            let copied = try await client.send(
                "POST", "/_reindex?refresh", #"{"source":{"index":"i"},"dest":{"index":"j"}}"#)
            for (wrong, reason) in [
                (#"{"source":{"index":"i"},"dest":{"index":"j"},"size":4,"max_docs":5}"#, "[max_docs] set to two different values [4] and [5]"),
                (#"{"source":{"index":"i","_source":false},"dest":{"index":"j"}}"#, "_source:false is not supported in this context"),
                (#"{"source":{"index":"i","from":1},"dest":{"index":"j"}}"#, "from is not supported in this context"),
                (#"{"source":{"index":"i","remote":{"host":"http://h:1","b":1,"a":2}},"dest":{"index":"j"}}"#, "Unsupported fields in [remote]: [b,a]"),
            ] {
                let refused = try await client.send("POST", "/_reindex", wrong)
                #expect(refused.status == 400 && refused.text.contains(reason))
            }
            let twice = try await client.send("POST", "/i/_update_by_query?max_docs=1", #"{"max_docs":2}"#)
            #expect(twice.json["error"]?["reason"] == "[max_docs] set to two different values [2] and [1]")
            #expect(copied.json["created"] == 6 && copied.json["requests_per_second"] == .double(-1))
            #expect(
                try await client.send("POST", "/_reindex", #"{"source":{"index":"i"},"dest":{"index":"i"}}"#).json["error"]?["reason"]
                    == "Validation Failed: 1: reindex cannot write into an index its reading from [i];")
            let remote = try await client.send(
                "POST", "/_reindex", #"{"source":{"index":"i","remote":{"host":"http://127.0.0.1:1"}},"dest":{"index":"k"}}"#)
            #expect(remote.json["error"]?["reason"] == "[127.0.0.1:1] not whitelisted in reindex.remote.whitelist")
            let started = try await client.send("POST", "/i/_delete_by_query?wait_for_completion=false&refresh", query)
            let id = try #require(started.json["task"]?.string)
            let done = try await client.send("GET", "/_tasks/\(id)?wait_for_completion=true")
            #expect(done.json["completed"] == true && done.json["response"]?["deleted"] == 3)
            #expect(done.json["task"]?["action"] == "indices:data/write/delete/byquery")
            #expect(try await client.send("GET", "/_tasks/\(id)0").status == 404)
            #expect(try await client.send("GET", "/_tasks/x").status == 400)
            let tasks = try await client.send("GET", "/_tasks?group_by=none")
            #expect(tasks.json["tasks"]?.array?.map { $0["action"] } == ["cluster:monitor/tasks/lists"])
            #expect(try await client.send("GET", "/_tasks?actions=*reindex").json["nodes"] == [:])
            let cancelled = try await client.send("POST", "/_tasks/\(id)/_cancel")
            #expect(cancelled.json["node_failures"]?.array?.first?["caused_by"]?["type"] == "resource_not_found_exception")
            let merged = try await client.send("POST", "/i/_forcemerge?wait_for_completion=false")
            let merge = try #require(merged.json["task"]?.string)
            let result = try await client.send("GET", "/_tasks/\(merge)?wait_for_completion=true")
            #expect(result.json["response"]?["_shards"]?["successful"] == 1)
            let slower = try await client.send("POST", "/_reindex/other:1/_rethrottle?requests_per_second=1")
            #expect(slower.json["node_failures"]?.array?.first?["caused_by"]?["type"] == "no_such_node_exception")
            #expect(try await client.send("GET", "/_data_stream/i").status == 404)
        }
    }

    @Test func reindexingFromAnotherNode() async throws {
        try await withServer { source in
            for id in 1...5 {
                _ = try await source.send(
                    "PUT", "/i/_doc/\(id)?refresh&routing=r\(id)&version=\(id)&version_type=external", #"{"n":\#(id),"x":1}"#)
            }
            try await withServer(remoteReindexHosts: ["127.0.0.1:*"]) { client in
                let host = "http://127.0.0.1:\(source.port)"
                let copied = try await client.send(
                    "POST", "/_reindex?refresh",
                    #"{"source":{"index":"i","size":2,"_source":["n"],"query":{"range":{"n":{"gte":2}}},"remote":{"host":"\#(host)"}},"dest":{"index":"j","version_type":"external"}}"#)
                #expect(copied.json["created"] == 4 && copied.json["batches"] == 2 && copied.json["total"] == 4)
                let document = try await client.send("GET", "/j/_doc/3?routing=r3")
                #expect(document.json["_source"] == ["n": 3] && document.json["_version"] == 3 && document.json["_routing"] == "r3")
                let missing = try await client.send(
                    "POST", "/_reindex", #"{"source":{"index":"none","remote":{"host":"\#(host)"}},"dest":{"index":"j"}}"#)
                #expect(missing.status == 404)
            }
            // The scroll is closed.
            #expect(try await source.send("DELETE", "/_search/scroll/_all").json["num_freed"] == 0)
        }
    }
}
