import JSON
import Testing

@testable import Server

/// What settings of the cluster and of indices limit, over a real socket.
extension HTTPServerTests {
    private func set(_ client: Client, _ settings: String) async throws {
        #expect(try await client.send("PUT", "/_cluster/settings", #"{"persistent":{\#(settings)}}"#).status == 200)
    }

    @Test func bucketsOfAnAnswer() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/i", #"{"mappings":{"properties":{"k":{"type":"keyword"}}}}"#)
            let lines = (0..<20).map { "{\"index\":{}}\n{\"k\":\"\($0)\"}\n" }.joined()
            _ = try await client.send("POST", "/i/_bulk?refresh", lines, type: "application/x-ndjson")
            let filters = (0..<8).map { #""\#($0)":{"exists":{"field":"k"}}"# }.joined(separator: ",")
            let nested = { (inner: String) in
                #"{"size":0,"aggs":{"a":{"adjacency_matrix":{"filters":{\#(filters)}},"aggs":{"b":\#(inner)}}}}"#
            }
            let matrix = nested(#"{"adjacency_matrix":{"filters":{\#(filters)}}}"#)
            // 36 buckets, and in each 36.
            #expect(try await client.send("POST", "/i/_search", matrix).status == 200)
            try await set(client, #""search.max_buckets":1331"#)
            let refused = try await client.send("POST", "/i/_search", matrix)
            #expect(refused.status == 400 && refused.json["error"]?["type"] == "too_many_buckets_exception", "\(refused.text)")
            #expect(refused.json["error"]?["max_buckets"] == 1331)
            try await set(client, #""search.max_buckets":1332"#)
            #expect(try await client.send("POST", "/i/_search", matrix).status == 200)
            // Slots are no buckets, though there may not be many more of them.
            let slots = nested(#"{"filters":{"filters":{\#(filters)}}}"#)
            try await set(client, #""search.max_buckets":100"#)
            #expect(try await client.send("POST", "/i/_search", slots).status == 200)
            try await set(client, #""search.max_buckets":80"#)
            #expect(try await client.send("POST", "/i/_search", slots).status == 400)
        }
    }

    @Test func whatASearchDoesWithoutBeingAsked() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/a", #"{"mappings":{"properties":{"v":{"type":"dense_vector","dims":2}}}}"#)
            _ = try await client.send("PUT", "/b", #"{"mappings":{"properties":{"v":{"type":"keyword"}}}}"#)
            _ = try await client.send("PUT", "/a/_doc/1?refresh", #"{"v":[1,2]}"#)
            let search = #"{"knn":{"field":"v","query_vector":[1,2],"k":1,"num_candidates":5}}"#
            #expect(try await client.send("POST", "/_search", search).json["_shards"]?["failed"] == 1)
            try await set(client, #""search.default_allow_partial_results":false"#)
            #expect(try await client.send("POST", "/_search", search).status == 400)
            #expect(try await client.send("POST", "/_search?allow_partial_search_results=true", search).status == 200)
            try await set(client, #""search.default_search_timeout":"0ms","search.default_allow_partial_results":true"#)
            #expect(try await client.send("POST", "/a/_search", "{}").json["timed_out"] == true)
            #expect(try await client.send("POST", "/a/_search?timeout=1h", "{}").json["timed_out"] == false)
            try await set(client, #""search.default_search_timeout":"-1""#)
            #expect(try await client.send("POST", "/a/_search", "{}").json["timed_out"] == false)
        }
    }

    @Test func copiesThatAreNotThere() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/i", "{}")
            for wanted in ["0", "1"] {
                #expect(try await client.send("PUT", "/i/_doc/1?wait_for_active_shards=\(wanted)", "{}").status / 100 == 2)
            }
            let refused = try await client.send("PUT", "/i/_doc/1?wait_for_active_shards=5&timeout=1s", "{}")
            #expect(refused.status == 503 && refused.json["error"]?["type"] == "unavailable_shards_exception")
            #expect(
                refused.json["error"]?["reason"]?.string?.hasPrefix(
                    "[i][0] Not enough active copies to meet shard count of [5] (have 1, needed 5). Timeout: [1s], request:") == true)
            for (method, path, body) in [
                ("POST", "/i/_update/1", #"{"doc":{"a":1}}"#), ("DELETE", "/i/_doc/1", nil), ("PUT", "/i/_create/2", "{}"),
            ] {
                #expect(try await client.send(method, path + "?wait_for_active_shards=all", body).status == 503, "\(path)")
            }
            let lines = "{\"index\":{\"_id\":\"3\"}}\n{}\n"
            let bulk = try await client.send("POST", "/i/_bulk?wait_for_active_shards=2", lines, type: "application/x-ndjson").json
            #expect(bulk["errors"] == true && bulk["items"]?.array?.first?["index"]?["status"] == 503)
            _ = try await client.send("POST", "/i/_refresh")
            let deletion = try await client.send("POST", "/i/_delete_by_query?wait_for_active_shards=2", #"{"query":{"match_all":{}}}"#)
            #expect(deletion.status == 503 && deletion.json["failures"]?.array?.first?["status"] == 503, "\(deletion.text)")
            let nonsense = try await client.send("PUT", "/i/_doc/1?wait_for_active_shards=some", "{}")
            #expect(nonsense.status == 400 && nonsense.json["error"]?["reason"] == "cannot parse ActiveShardCount[some]")
        }
    }

    @Test func rescorersOfAnIndex() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/i", #"{"settings":{"index.max_rescore_window":5}}"#)
            let rescore = { (window: Int) in #"{"rescore":{"window_size":\#(window),"query":{"rescore_query":{"match_all":{}}}}}"# }
            #expect(try await client.send("POST", "/i/_search", rescore(5)).status == 200)
            let refused = try await client.send("POST", "/i/_search", rescore(6))
            #expect(refused.status == 400 && refused.text.contains("index.max_rescore_window"))
        }
    }

    @Test func fieldsOfQueriesThatNameNone() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/i", #"{"settings":{"index.query.default_field":["a","b^2"]}}"#)
            _ = try await client.send("PUT", "/i/_doc/1?refresh", #"{"a":"red","c":"blue"}"#)
            let count = { (query: String) in try await client.send("GET", "/i/_count?q=\(query)").json["count"] }
            for (query, found) in [("red", 1), ("blue", 0), ("c:blue", 1)] as [(String, JSONValue)] {
                #expect(try await count(query) == found, "\(query)")
            }
            #expect(try await client.send("GET", "/i/_count?q=blue&df=*").json["count"] == 1)
            let all = #"{"query":{"query_string":{"query":"blue","default_field":"*"}}}"#
            #expect(try await client.send("POST", "/i/_count", all).json["count"] == 1)
            #expect(try await client.send("GET", "/i/_settings?flat_settings").json["i"]?["settings"]?["index.query.default_field"] == ["a", "b^2"])
        }
    }
}
