import JSON
import Testing

@testable import Server

/// Features of searches where they meet.
extension HTTPServerTests {
    private func withNumbers(_ body: @escaping @Sendable (Client) async throws -> Void) async throws {
        try await withServer { client in
            _ = try await client.send(
                "PUT", "/i",
                #"{"mappings":{"properties":{"n":{"type":"long"},"k":{"type":"keyword"}}},"aliases":{"a":{"filter":{"term":{"k":"x"}}}}}"#)
            let documents = """
                {"index":{"_id":"1"}}
                {"n":1,"k":"x"}
                {"index":{"_id":"2"}}
                {"n":2,"k":"x"}
                {"index":{"_id":"3"}}
                {"n":3,"k":"y"}

                """
            _ = try await client.send("POST", "/i/_bulk?refresh", documents, type: "application/x-ndjson")
            try await body(client)
        }
    }

    /// A filtered alias shows nothing of the other documents, whatever asks.
    @Test func globalAggregationsKeepToTheAlias() async throws {
        try await withNumbers { client in
            let body = #"{"size":0,"query":{"term":{"n":1}},"aggs":{"g":{"global":{},"aggs":{"s":{"sum":{"field":"n"}}}}}}"#
            let all = try await client.send("POST", "/i/_search", body).json["aggregations"]?["g"]
            #expect(all?["doc_count"] == 3 && all?["s"]?["value"] == 6.0)
            let filtered = try await client.send("POST", "/a/_search", body).json["aggregations"]?["g"]
            #expect(filtered?["doc_count"] == 2 && filtered?["s"]?["value"] == 3.0)
        }
    }

    @Test func runtimeFieldsAreComputedForAllThatAsks() async throws {
        try await withNumbers { client in
            let runtime = #""runtime_mappings":{"r":{"type":"long","script":"emit(doc['n'].value * 10)"}}"#
            let filtered = try await client.send("POST", "/i/_search", "{\(runtime),\"post_filter\":{\"range\":{\"r\":{\"gte\":20}}}}")
            #expect(filtered.json["hits"]?["total"]?["value"] == 2)
            let collapsed = try await client.send("POST", "/i/_search", "{\(runtime),\"collapse\":{\"field\":\"r\"}}")
            #expect(collapsed.json["hits"]?["hits"]?.array?.count == 3)
            let rescored = try await client.send(
                "POST", "/i/_search",
                "{\(runtime),\"rescore\":{\"window_size\":5,\"query\":{\"rescore_query\":{\"constant_score\":{\"filter\":{\"term\":{\"r\":30}}}}}}}")
            #expect(rescored.json["hits"]?["hits"]?.array?.first?["_id"] == "3")
            // What columns hold is shown beside what is computed.
            let shown = try await client.send(
                "POST", "/i/_search", "{\(runtime),\"query\":{\"term\":{\"r\":20}},\"docvalue_fields\":[\"n\",\"r\",\"k\"]}")
            #expect(shown.json["hits"]?["hits"]?.array?.first?["fields"] == ["n": [2], "k": ["x"], "r": [20]])
        }
    }

    /// A field that is computed of another is not taken from an earlier search's.
    @Test func computedFieldsFollowTheirDefinition() async throws {
        try await withNumbers { client in
            for (factor, found) in [(10, "2"), (20, "1")] {
                let body = """
                    {"runtime_mappings":{"r":{"type":"long","script":"emit(doc['n'].value * \(factor))"},
                    "s":{"type":"long","script":"emit(doc['r'].value + 1)"}},"query":{"term":{"s":21}}}
                    """
                let hits = try await client.send("POST", "/i/_search", body).json["hits"]?["hits"]?.array
                #expect(hits?.count == 1 && hits?.first?["_id"] == .string(found))
            }
        }
    }

    @Test(arguments: [
        #"{"size":0,"aggs":{"c":{"composite":{"sources":[{"d":{"date_histogram":{"field":"n","fixed_interval":"1d"}}}],"after":{"d":1e30}}}}}"#,
        #"{"size":0,"aggs":{"h":{"date_histogram":{"field":"n","fixed_interval":"100000d","offset":9223372036854775807}}}}"#,
        #"{"size":0,"aggs":{"p":{"percentiles":{"field":"n"}},"b":{"bucket_sort":{}}}}"#,
        #"{"size":0,"aggs":{"t":{"terms":{"field":"k","order":{"p.nan":"asc"}},"aggs":{"p":{"percentiles":{"field":"n"}}}}}}"#,
        #"{"size":0,"aggs":{"t":{"terms":{"field":"k","order":{"p.1e300":"asc"}},"aggs":{"p":{"percentiles":{"field":"n","hdr":{}}}}}}}"#,
        #"{"size":0,"aggs":{"m":{"max":{"field":"n","missing":1e307,"format":"0E0%"}}}}"#,
    ])
    func numbersOnTheEdge(body: String) async throws {
        try await withNumbers { client in
            let answer = try await client.send("POST", "/i/_search", body)
            #expect(answer.status < 500)
            let after = try await client.send("GET", "/")
            #expect(after.status == 200)
        }
    }

    @Test func suggestionsOfTheAddress() async throws {
        try await withNumbers { client in
            let answer = try await client.send("GET", "/i/_search?suggest_field=k&suggest_text=y&suggest_size=-1")
            #expect(answer.status == 400)
        }
    }

    /// Aliases of aliases would take the reader ages.
    @Test func aliasesOfAliases() async throws {
        try await withNumbers { client in
            var text = "a0: &a0 [x, x]\n"
            for level in 1...40 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
            let answer = try await client.send("POST", "/i/_search", text + "? *a40\n: 1\n", type: "application/yaml")
            #expect(answer.status == 400)
            #expect(try await client.send("POST", "/i/_search", "query: &q {match_all: {}}\npost_filter: *q\n", type: "application/yaml").status == 200)
        }
    }
}
