import JSON
import Testing

@testable import Server

/// Queries of texts and aggregations, over a real socket.
extension HTTPServerTests {
    private static let documents = """
        {"index":{"_id":"1"}}
        {"t":"A red car in Tokyo","k":"car","n":4,"d":"2024-01-15","p":[139.7,35.7],"b":true}
        {"index":{"_id":"2"}}
        {"t":"Red carpet, blue sky","k":"thing","n":7,"d":"2024-02-20","p":[2.35,48.85],"b":false}
        {"index":{"_id":"3"}}
        {"t":"The blue whale","k":"animal","n":9,"d":"2024-02-28","p":[-74,40.7],"b":true}
        {"index":{"_id":"4"}}
        {"t":"東京の赤い車","k":"car","n":1,"d":"2025-01-01","p":[139.8,35.6],"b":false}

        """

    private func withDocuments(_ body: @escaping @Sendable (Client) async throws -> Void) async throws {
        try await withServer { client in
            _ = try await client.send(
                "PUT", "/i",
                #"{"mappings":{"properties":{"t":{"type":"text"},"k":{"type":"keyword"},"n":{"type":"long"},"d":{"type":"date"},"p":{"type":"geo_point"},"b":{"type":"boolean"}}}}"#)
            _ = try await client.send("POST", "/i/_bulk?refresh", Self.documents, type: "application/x-ndjson")
            try await body(client)
        }
    }

    @Test(arguments: [
        (#"{"match":{"t":"red car"}}"#, ["1", "2"]), (#"{"match":{"t":{"query":"red car","operator":"and"}}}"#, ["1"]),
        (#"{"match":{"t":"東京"}}"#, ["4"]), (#"{"match_phrase":{"t":"赤い車"}}"#, ["4"]),
        (#"{"match_phrase_prefix":{"t":"blue wh"}}"#, ["3"]), (#"{"match":{"t":{"query":"whle","fuzziness":"AUTO"}}}"#, ["3"]),
        (#"{"multi_match":{"query":"car","fields":["t^2","k"]}}"#, ["1", "4"]),
        (#"{"query_string":{"query":"(red AND car) OR k:animal"}}"#, ["1", "3"]),
        (#"{"query_string":{"query":"n:[4 TO 8] AND d:>=2024-02-01"}}"#, ["2"]),
        (#"{"simple_query_string":{"query":"blue -whale","fields":["t"],"default_operator":"and"}}"#, ["2"]),
        (#"{"regexp":{"k":"c.r"}}"#, ["1", "4"]), (#"{"geo_distance":{"distance":"50km","p":{"lat":35.68,"lon":139.76}}}"#, ["1", "4"]),
        (#"{"function_score":{"query":{"match":{"t":"red"}},"field_value_factor":{"field":"n"},"boost_mode":"replace"}}"#, ["2", "1"]),
    ])
    func queriesOfTexts(query: String, ids: [String]) async throws {
        try await withDocuments { client in
            let found = try await client.send("POST", "/i/_search", #"{"query":\#(query),"_source":false}"#)
            #expect(found.status == 200)
            #expect(found.json["hits"]?["hits"]?.array?.compactMap { $0["_id"]?.string } == ids)
        }
    }

    @Test func aggregations() async throws {
        try await withDocuments { client in
            let body = #"{"size":0,"aggs":{"k":{"terms":{"field":"k"},"aggs":{"n":{"avg":{"field":"n"}},"top":{"top_hits":{"size":1,"_source":["n"]}}}},"d":{"date_histogram":{"field":"d","calendar_interval":"year"}},"b":{"terms":{"field":"b"}}}}"#
            let found = try await client.send("POST", "/i/_search?typed_keys=true", body)
            let answer = found.json["aggregations"]
            let first = answer?["sterms#k"]?["buckets"]?.array?.first
            #expect(first?["key"] == "car" && first?["doc_count"] == 2 && first?["avg#n"]?["value"] == 2.5)
            let hit = first?["top_hits#top"]?["hits"]?["hits"]?.array?.first
            #expect(hit?["_id"] == "1" && hit?["_source"]?["n"] == 4)
            let years = answer?["date_histogram#d"]?["buckets"]?.array
            #expect(years?.map { $0["key_as_string"]?.string } == ["2024-01-01T00:00:00.000Z", "2025-01-01T00:00:00.000Z"])
            #expect(answer?["lterms#b"]?["buckets"]?.array?.first?["key_as_string"] == "false")
            let refused = try await client.send("POST", "/i/_search", #"{"aggs":{"x":{"terms":{"field":"t"}}}}"#)
            #expect(refused.status == 400)
            #expect(refused.json["error"]?["type"] == "search_phase_execution_exception")
        }
    }

    /// As benchmarks ask: nothing but the ids that they gave.
    @Test func fieldsOfColumns() async throws {
        try await withDocuments { client in
            let body = #"{"query":{"term":{"k":"animal"}},"docvalue_fields":["n",{"field":"d","format":"yyyy"}],"stored_fields":"_none_"}"#
            let found = try await client.send("POST", "/i/_search?filter_path=hits.hits.fields", body)
            let fields = found.json["hits"]?["hits"]?.array?.first?["fields"]
            #expect(fields?["n"]?.array == [9] && fields?["d"]?.array == ["2024"])
            let named = try await client.send("GET", "/i/_search?q=k:animal&docvalue_fields=k")
            #expect(named.json["hits"]?["hits"]?.array?.first?["fields"]?["k"]?.array == ["animal"])
        }
    }
}
