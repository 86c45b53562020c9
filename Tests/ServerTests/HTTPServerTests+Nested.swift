import Foundation
import JSON
import Testing

@testable import Server

/// Nested documents, over a real socket.
extension HTTPServerTests {
    private static let products = #"""
        {"settings":{"number_of_shards":2},"mappings":{"properties":{"name":{"type":"keyword"},"pictures":{"type":"nested","properties":{
         "side":{"type":"keyword"},"n":{"type":"integer"},"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm"},
         "tags":{"type":"nested","properties":{"t":{"type":"keyword"}}}}}}}}
        """#

    private func fill(_ client: Client) async throws {
        #expect(try await client.send("PUT", "/i", Self.products).status == 200)
        for number in 0..<6 {
            let pictures = (0..<3).map { place in
                #"{"side":"\#(["front", "back", "top"][place])","n":\#(number * 10 + place),"v":[\#(number),\#(place)],"tags":[{"t":"x"},{"t":"t\#(place)"}]}"#
            }
            _ = try await client.send("PUT", "/i/_doc/\(number)", #"{"name":"p\#(number)","pictures":[\#(pictures.joined(separator: ","))]}"#)
        }
        _ = try await client.send("POST", "/i/_refresh")
    }

    @Test func findsTheNearestPicturesOfProducts() async throws {
        try await withServer { client in
            try await fill(client)
            let knn = #"{"field":"pictures.v","query_vector":[0,2],"k":3,"num_candidates":20,"inner_hits":{"size":1,"_source":["pictures.side"],"fields":["pictures.n"]}}"#
            let near = try await client.send("POST", "/i/_search", #"{"_source":false,"knn":\#(knn)}"#)
            let hits = try #require(near.json["hits"]?["hits"]?.array)
            #expect(hits.map { $0["_id"] } == ["0", "1", "2"] && near.json["hits"]?["total"]?["value"] == 3)
            let inner = hits[0]["inner_hits"]?["pictures"]?["hits"]
            #expect(inner?["total"]?["value"] == 3 && inner?["max_score"] == 1.0)
            let picture = try #require(inner?["hits"]?.array?.first)
            #expect(picture["_nested"] == ["field": "pictures", "offset": 2] && picture["_id"] == "0")
            #expect(picture["_source"] == ["side": "top"] && picture["fields"] == ["pictures": [["n": [2]]]])
            let filtered = try await client.send(
                "POST", "/i/_search",
                #"{"knn":{"field":"pictures.v","query_vector":[0,2],"k":3,"num_candidates":20,"filter":[{"term":{"pictures.side":"front"}},{"terms":{"name":["p4","p5"]}}]}}"#)
            #expect(filtered.json["hits"]?["hits"]?.array?.map { $0["_id"] } == ["4", "5"])
            let scripted = try await client.send(
                "POST", "/i/_search",
                #"{"size":1,"query":{"nested":{"path":"pictures","score_mode":"max","query":{"script_score":{"query":{"match_all":{}},"script":"doc['pictures.n'].value + 1"}}}}}"#)
            #expect(scripted.json["hits"]?["hits"]?.array?.first?["_id"] == "5" && scripted.json["hits"]?["max_score"] == 53.0)
        }
    }

    @Test func nestedQueriesAggregationsAndSorts() async throws {
        try await withServer { client in
            try await fill(client)
            let query = #"{"nested":{"path":"pictures","query":{"nested":{"path":"pictures.tags","query":{"term":{"pictures.tags.t":"t1"}},"inner_hits":{"name":"tags"}}},"inner_hits":{"sort":[{"pictures.n":"desc"}],"docvalue_fields":["pictures.n"]}}}"#
            let search = try await client.send(
                "POST", "/i/_search",
                #"{"size":1,"query":\#(query),"sort":[{"pictures.n":{"order":"desc","mode":"min","nested":{"path":"pictures","filter":{"term":{"pictures.side":"back"}}}}}]}"#)
            let hit = try #require(search.json["hits"]?["hits"]?.array?.first)
            #expect(hit["_id"] == "5" && hit["sort"] == [51] && search.json["hits"]?["total"]?["value"] == 6)
            let picture = hit["inner_hits"]?["pictures"]?["hits"]?["hits"]?.array?.first
            #expect(picture?["_nested"] == ["field": "pictures", "offset": 1] && picture?["sort"] == [51] && picture?["_score"] == .null)
            #expect(picture?["fields"] == ["pictures.n": [51]])
            let tag = picture?["inner_hits"]?["tags"]?["hits"]?["hits"]?.array?.first
            #expect(tag?["_nested"] == ["field": "pictures", "offset": 1, "_nested": ["field": "tags", "offset": 1]])
            #expect(tag?["_source"] == ["t": "t1"])
            let aggs = #"{"p":{"nested":{"path":"pictures"},"aggs":{"sides":{"terms":{"field":"pictures.side"},"aggs":{"names":{"reverse_nested":{},"aggs":{"n":{"cardinality":{"field":"name"}}}},"best":{"top_hits":{"size":1,"_source":["pictures.n"]}}}}}}}"#
            let found = try await client.send("POST", "/i/_search?typed_keys=true", #"{"size":0,"aggs":\#(aggs)}"#)
            let nested = found.json["aggregations"]?["nested#p"]
            #expect(nested?["doc_count"] == 18)
            let bucket = nested?["sterms#sides"]?["buckets"]?.array?.first
            #expect(bucket?["key"] == "back" && bucket?["doc_count"] == 6)
            #expect(bucket?["reverse_nested#names"]?["doc_count"] == 6 && bucket?["reverse_nested#names"]?["cardinality#n"]?["value"] == 6)
            let best = bucket?["top_hits#best"]?["hits"]?["hits"]?.array?.first
            #expect(best?["_nested"]?["offset"] == 1 && best?["_source"]?["n"] != nil && best?["_source"]?["side"] == nil)
        }
    }

    @Test func countsUpdatesAndDeletesOfNestedDocuments() async throws {
        try await withServer { client in
            try await fill(client)
            #expect(try await client.send("GET", "/i/_count").json["count"] == 6)
            #expect(try await client.send("GET", "/i/_stats/docs").json["_all"]?["primaries"]?["docs"]?["count"] == 60)
            let capabilities = try await client.send("GET", "/i/_field_caps?fields=pictures")
            #expect(capabilities.json["fields"]?["pictures"]?["nested"]?["type"] == "nested")
            _ = try await client.send("POST", "/i/_update/0?refresh=true", #"{"doc":{"pictures":[{"side":"only"}]}}"#)
            let only = #"{"query":{"nested":{"path":"pictures","query":{"term":{"pictures.side":"only"}}}}}"#
            #expect(try await client.send("POST", "/i/_count", only).json["count"] == 1)
            #expect(try await client.send("GET", "/i/_stats/docs").json["_all"]?["primaries"]?["docs"]?["count"] == 52)
            _ = try await client.send("PUT", "/copy", Self.products)
            _ = try await client.send("POST", "/_reindex?refresh=true", #"{"source":{"index":"i"},"dest":{"index":"copy"}}"#)
            #expect(try await client.send("POST", "/copy/_count", only).json["count"] == 1)
            #expect(try await client.send("POST", "/i/_delete_by_query?refresh=true", only).json["deleted"] == 1)
            _ = try await client.send("POST", "/i/_forcemerge")
            #expect(try await client.send("GET", "/i/_stats/docs").json["_all"]?["primaries"]?["docs"]?["count"] == 50)
            #expect(try await client.send("GET", "/_cat/count/i?h=count").text.trimmingCharacters(in: .whitespacesAndNewlines) == "5")
        }
    }

    @Test func refusesNestedRequestsAsElasticsearch() async throws {
        try await withServer { client in
            try await fill(client)
            let cases: [(String, String, String)] = [
                (#"{"query":{"nested":{"path":"z","query":{"match_all":{}}}}}"#, "query_shard_exception",
                 "failed to create query: [nested] failed to find nested object under path [z]"),
                (#"{"query":{"nested":{"query":{"match_all":{}}}}}"#, "illegal_argument_exception", "[nested] requires 'path' field"),
                (#"{"query":{"nested":{"path":"z"}}}"#, "illegal_argument_exception", "[nested] requires 'query' field"),
                (#"{"query":{"nested":{"path":"z","query":{"match_all":{}},"score_mode":"median"}}}"#, "illegal_argument_exception",
                 "No score mode for child query [median] found"),
                (#"{"query":{"nested":{"path":"z","query":{"match_all":{}},"x":1}}}"#, "parsing_exception", "[nested] query does not support [x]"),
                (#"{"query":{"nested":{"path":"pictures","query":{"match_all":{}},"inner_hits":{"size":101}}}}"#, "illegal_argument_exception",
                 "Inner result window is too large, the inner hit definition's [pictures]'s from + size must be less than or equal to: [100] but was [101]. This limit can be set by changing the [index.max_inner_result_window] index level setting."),
                (#"{"aggs":{"a":{"reverse_nested":{}}}}"#, "illegal_argument_exception",
                 "Reverse nested aggregation [a] can only be used inside a [nested] aggregation"),
            ]
            for (body, type, reason) in cases {
                let answer = try await client.send("POST", "/i/_search", body)
                let cause = answer.json["error"]?["root_cause"]?.array?.first
                #expect(answer.status == 400 && cause?["type"] == .string(type) && cause?["reason"] == .string(reason), "\(body) \(answer.json)")
            }
            let settings = #"{"settings":{"index.mapping.nested_objects.limit":1,"index.mapping.nested_fields.limit":1},"mappings":{"properties":{"o":{"type":"nested"}}}}"#
            _ = try await client.send("PUT", "/l", settings)
            let many = try await client.send("PUT", "/l/_doc/1", #"{"o":[{},{}]}"#)
            #expect(many.status == 400 && many.json["error"]?["type"] == "document_parsing_exception")
            let more = try await client.send("PUT", "/l/_mapping", #"{"properties":{"p":{"type":"nested"}}}"#)
            #expect(more.json["error"]?["reason"] == "Limit of nested fields [1] has been exceeded")
            let other = try await client.send("PUT", "/l/_mapping", #"{"properties":{"o":{"properties":{"x":{"type":"long"}}}}}"#)
            #expect(other.json["error"]?["reason"] == "can't merge a non-nested mapping [o] with a nested mapping")
        }
    }
}
