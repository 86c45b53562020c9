import JSON
import Testing

@testable import Server

/// Formats, absent features and aggregations of several indices, over a real socket.
extension HTTPServerTests {
    @Test(arguments: [
        ("GET", "/_snapshot", 200), ("GET", "/_snapshot/x", 404), ("GET", "/_snapshot/*", 200), ("GET", "/_ilm/policy", 200), ("GET", "/_ilm/policy/x", 404),
        ("GET", "/_ilm/status", 200), ("GET", "/_inference", 200), ("GET", "/_inference/x", 404), ("DELETE", "/_inference/x", 404),
        ("GET", "/_security/_authenticate", 200), ("GET", "/_xpack/usage", 200), ("GET", "/_cat/tasks?v", 200), ("GET", "/_cat/snapshots", 200),
        ("POST", "/_cluster/reroute?metric=none", 200), ("GET", "/_transform", 200), ("GET", "/_transform/x", 404), ("PUT", "/_data_stream/x", 400),
        ("DELETE", "/_data_stream/*", 200), ("DELETE", "/_data_stream/x", 404), ("POST", "/_sql", 400), ("POST", "/_query", 400),
        ("GET", "/_async_search/x", 400), ("GET", "/_async_search/AAAAAAAAAAAAAAAAAAAA", 404), ("GET", "/_watcher/stats", 400), ("GET", "/_info/_all", 200), ("GET", "/_info/x", 400),
        ("GET", "/_script_language", 200), ("GET", "/_script_context", 200), ("GET", "/_ml/info", 200), ("GET", "/_ml/anomaly_detectors", 200),
        ("OPTIONS", "/_search", 200),
    ])
    func absentFeatures(method: String, path: String, status: Int) async throws {
        try await withServer { client in
            let answer = try await client.send(method, path)
            #expect(answer.status == status)
        }
    }

    @Test func bodiesOfOtherForms() async throws {
        try await withServer { client in
            let body = "mappings:\n  properties:\n    n: {type: long}\n    k:\n      type: keyword\n"
            #expect(try await client.send("PUT", "/y", body, type: "application/yaml").status == 200)
            let found = try await client.send("GET", "/y/_mapping")
            #expect(found.json["y"]?["mappings"]?["properties"]?["n"]?["type"] == "long")
            #expect(try await client.send("PUT", "/z", "a: [", type: "application/yaml").status == 400)
            // Each line doubles what the one before holds.
            let bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + (1...30).map { "a\($0): &a\($0) [*a\($0 - 1),*a\($0 - 1)]\n" }.joined()
            #expect(try await client.send("PUT", "/z", bomb, type: "application/yaml").status == 400)
        }
    }

    @Test func aggregationsOfSeveralIndices() async throws {
        try await withServer { client in
            for (name, type) in [("a", "keyword"), ("b", "long"), ("c", "double")] {
                _ = try await client.send("PUT", "/\(name)", #"{"mappings":{"properties":{"\#(name == "a" ? "other" : "x")":{"type":"\#(type)"}}}}"#)
            }
            let lines = """
                {"index":{"_index":"a"}}
                {"other":"q"}
                {"index":{"_index":"b"}}
                {"x":1}
                {"index":{"_index":"c"}}
                {"x":1.0}

                """
            _ = try await client.send("POST", "/_bulk?refresh", lines, type: "application/x-ndjson")
            let found = try await client.send(
                "POST", "/a,b,c/_search?size=0",
                #"{"aggs":{"t":{"terms":{"field":"x"},"aggs":{"h":{"top_hits":{"size":1,"_source":false}}}},"h":{"top_hits":{"size":2}},"m":{"missing":{"field":"x"}}}}"#)
            let answer = found.json["aggregations"]
            #expect(answer?["t"]?["buckets"]?.array?.map { $0["key"] } == [1.0] && answer?["m"]?["doc_count"] == 1)
            // Two of one name, each with its own fields.
            #expect(answer?["t"]?["buckets"]?.array?.first?["h"]?["hits"]?["hits"]?.array?.first?["_source"] == nil)
            #expect(answer?["h"]?["hits"]?["hits"]?.array?.first?["_source"] != nil)
        }
    }
}
