import Foundation
import FoundationNetworking
import JSON
import Testing

@testable import Server

/// What clients of version 8 get, what is deprecated, and what the edges of the API answer, over a real socket.
extension HTTPServerTests {
    private static let version8 = "application/vnd.elasticsearch+json;compatible-with=8"

    /// Sends a request with headers of its own.
    private func send(
        _ client: Client, _ method: String, _ path: String, _ body: String? = nil, accept: String? = nil
    ) async throws -> Answer {
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(client.port)\(path)")))
        request.httpMethod = method
        request.setValue(accept ?? "application/json", forHTTPHeaderField: "Accept")
        if let body {
            request.httpBody = Data(body.utf8)
            request.setValue(accept ?? "application/json", forHTTPHeaderField: "Content-Type")
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        let json = (try? JSONDocument(parsing: Array(data))).map { JSONValue($0.root) } ?? .null
        return Answer(
            status: http.statusCode, headers: http.allHeaderFields, text: String(decoding: data, as: UTF8.self), json: json)
    }

    @Test func whatClientsOfVersion8MayStill() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/v", #"{"mappings":{"properties":{"v":{"type":"dense_vector","dims":2},"n":{"type":"long"}}}}"#)
            _ = try await client.send("PUT", "/v/_doc/1?refresh", #"{"v":[1,2],"n":3}"#)
            let nearest = #"{"knn":{"field":"v","query_vector":[1,2],"k":1,"num_candidates":2}}"#
            let range = #"{"query":{"range":{"n":{"from":1,"to":3,"include_upper":false}}}}"#
            for (path, body, total) in [("/v/_knn_search", nearest, 1), ("/v/_search", range, 0)] {
                #expect(try await send(client, "POST", path, body).status == 400)
                let found = try await send(client, "POST", path, body, accept: Self.version8)
                #expect(found.status == 200 && found.json["hits"]?["total"]?["value"] == .int(total))
                #expect(found.headers["Warning"] != nil)
                #expect("\(found.headers["Content-Type"] ?? "")" == Self.version8)
            }
            #expect(try await send(client, "GET", "/_alias?local=true").status == 400)
            #expect(try await send(client, "GET", "/_alias?local=true", accept: Self.version8).status == 200)
            #expect(try await send(client, "GET", "/", accept: Self.version8.replacing("8", with: "7")).status == 400)
            #expect(try await client.send("POST", "/_cluster/reroute").json["state"] == nil)
            #expect(try await send(client, "POST", "/_cluster/reroute", accept: Self.version8).json["state"] != nil)
        }
    }

    @Test func whatIsDeprecatedIsSaid() async throws {
        try await withServer { client in
            func warning(_ method: String, _ path: String, _ body: String? = nil) async throws -> String {
                "\(try await client.send(method, path, body).headers["Warning"] ?? "")"
            }
            for name in ["t1", "t2"] {
                let text = try await warning("PUT", "/_template/\(name)", #"{"index_patterns":["t-*"]}"#)
                #expect(text.contains(#"299 Elasticsearch-9.1.0-unknown "Legacy index templates are deprecated"#))
            }
            #expect(try await warning("PUT", "/t-1/_doc/1", "{}").contains("matches multiple legacy templates [t1, t2]"))
            #expect(try await warning("PUT", "/_index_template/c", #"{"index_patterns":["t-*"]}"#).contains("will take precedence"))
            #expect(try await warning("PUT", "/.dotted").contains("index name [.dotted] starts with a dot"))
            #expect(try await warning("PUT", "/.hidden", #"{"settings":{"hidden":true}}"#).isEmpty)
            #expect(try await warning("GET", "/_mapping?local=true").contains("[?local] query parameter"))
            #expect(try await warning("GET", "/_search?ignore_throttled=true").contains("[ignore_throttled] parameter is deprecated"))
            #expect(try await warning("POST", "/_search", #"{"query":{"text_expansion":{"f":{"model_id":"m","model_text":"x"}}}}"#).contains("text_expansion"))
            #expect(try await warning("GET", "/_search").isEmpty)
        }
    }

    @Test func resizingOverTheAPI() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/a", #"{"settings":{"number_of_shards":2}}"#)
            _ = try await client.send("PUT", "/a/_doc/1", #"{"x":1}"#)
            #expect(try await client.send("PUT", "/a/_clone/b").status == 500)
            _ = try await client.send("PUT", "/a/_settings", #"{"index.blocks.write":true}"#)
            let made = try await client.send("POST", "/a/_shrink/b", #"{"settings":{"index.blocks.write":null},"aliases":{"al":{}}}"#)
            #expect(made.json == ["acknowledged": true, "shards_acknowledged": true, "index": "b"])
            #expect(try await client.send("GET", "/al/_doc/1").json["_source"]?["x"] == 1)
            #expect(try await client.send("POST", "/a/_shrink/c").status == 200)
            #expect(try await client.send("POST", "/a/_split/d").status == 400)
            #expect(try await client.send("POST", "/a/_clone/b").status == 400)
            #expect(try await client.send("POST", "/none/_clone/e").status == 404)
        }
    }

    @Test func addressesAndMatrices() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/ip", #"{"mappings":{"properties":{"ip":{"type":"ip"}}}}"#)
            for (id, ip) in ["::1", "192.168.0.1", "192.168.0.7"].enumerated() {
                _ = try await client.send("PUT", "/ip/_doc/\(id)?refresh", #"{"ip":"\#(ip)","x":\#(id),"y":\#(id * id)}"#)
            }
            let found = try await client.send(
                "POST", "/ip/_search?size=0&typed_keys",
                #"""
                {"aggs":{"r":{"ip_range":{"field":"ip","ranges":[{"from":"192.169.0.0"},{"mask":"192.168.0.0/16"},{"to":"192.168.0.0"}]}},
                "p":{"ip_prefix":{"field":"ip","prefix_length":24}},"m":{"matrix_stats":{"fields":["x","y"]}}}}
                """#)
            let answer = found.json["aggregations"]
            let ranges = answer?["ip_range#r"]?["buckets"]?.array
            #expect(ranges?.map { $0["key"] } == ["*-192.168.0.0", "192.168.0.0/16", "192.169.0.0-*"])
            #expect(ranges?.map { $0["doc_count"] } == [1, 2, 0] && ranges?[1]["to"] == "192.169.0.0")
            let networks = answer?["ip_prefix#p"]?["buckets"]?.array
            #expect(networks?.last?["key"] == "192.168.0.0" && networks?.last?["doc_count"] == 2)
            #expect(networks?.last?["netmask"] == "255.255.255.0")
            #expect(answer?["matrix_stats#m"]?["doc_count"] == 3)
        }
    }

    @Test func edgesOfSearching() async throws {
        try await withServer { client in
            _ = try await client.send(
                "PUT", "/s",
                #"{"settings":{"index.max_script_fields":1,"index.mapping.ignore_above":20},"mappings":{"dynamic":false,"properties":{"k":{"type":"keyword"},"i":{"type":"long","ignore_malformed":true},"v":{"type":"dense_vector","dims":2}}}}"#)
            _ = try await client.send("PUT", "/s/_doc/1?refresh", #"{"k":["ok","much longer than twenty"],"i":"x","v":[1,2],"o":{"p":7}}"#)
            let hit = try await client.send(
                "POST", "/s/_search?include_named_queries_score=true",
                #"{"query":{"match":{"k":{"query":"ok","_name":"q","boost":2}}},"fields":["k",{"field":"o.*","include_unmapped":true}],"docvalue_fields":["v"]}"#
            ).json["hits"]?["hits"]?.array?.first
            #expect(hit?["_ignored"] == ["i", "k"] && hit?["fields"]?["k"] == ["ok"] && hit?["fields"]?["o.p"] == [7])
            #expect(hit?["fields"]?["v"] == [[1.0, 2.0]] && hit?["matched_queries"]?["q"] == hit?["_score"])
            #expect(try await client.send("POST", "/s/_search", #"{"query":{"terms":{"_index":["s","t"]}}}"#).json["hits"]?["total"]?["value"] == 1)
            #expect(try await client.send("POST", "/s/_search", #"{"query":{"exists":{"field":"_ignored"}}}"#).json["hits"]?["total"]?["value"] == 1)
            for body in [
                #"{"script_fields":{"a":{"script":"1"},"b":{"script":"1"}}}"#, #"{"sort":"_id"}"#, #"{"aggs":{"a":{"terms":{"field":"_id"}}}}"#,
                #"{"query":{"regexp":{"k":"\#(String(repeating: "a", count: 1001))"}}}"#, #"{"query": }"#,
            ] {
                #expect(try await client.send("POST", "/s/_search", body).status == 400)
            }
            #expect(try await client.send("PUT", "/s/_doc/2", #"{"i":{"a":1}}"#).status == 400)
            #expect(try await client.send("GET", "/s/_field_caps?fields=*&include_empty_fields=false").json["fields"]?["i"] == nil)
            #expect(try await client.send("POST", "/s/_terms_enum", #"{"field":"k","string":"O","case_insensitive":true}"#).json["terms"] == ["ok"])
            #expect(try await client.send("GET", "/_health_report").json["indicators"]?["disk"] != nil)
            #expect(try await client.send("GET", "/_health_report/x").status == 404)
            #expect(try await client.send("GET", "/_resolve/cluster/s").json["(local)"]?["matching_indices"] == true)
        }
    }
}
