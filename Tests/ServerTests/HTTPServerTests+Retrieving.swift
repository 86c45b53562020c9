import JSON
import Testing

@testable import Server

/// Fusing, rescoring and collapsing, over a real socket.
extension HTTPServerTests {
    private func ids(_ json: JSONValue?) -> [String] {
        json?["hits"]?["hits"]?.array?.compactMap { $0["_id"]?.string } ?? []
    }

    private func words(_ scores: [(Int, Int)]) -> String {
        let clauses = scores.map { number, boost in
            #"{"constant_score":{"filter":{"term":{"t":"term\#(number)"}},"boost":\#(boost)}}"#
        }
        return #"{"bool":{"should":[\#(clauses.joined(separator: ","))]}}"#
    }

    private func fillForRetrieving(_ client: Client) async throws {
        _ = try await client.send(
            "PUT", "/r",
            #"{"mappings":{"properties":{"n":{"type":"integer"},"t":{"type":"text"},"k":{"type":"keyword"},"v":{"type":"dense_vector","dims":1,"similarity":"l2_norm"}}}}"#)
        let groups = [2: "biology", 3: "technology", 5: "technology", 6: "biology", 7: "astronomy", 8: "technology", 9: "technology"]
        for number in 1...9 {
            let group = groups[number].map { #","k":"\#($0)""# } ?? ""
            let vector = number < 8 ? #","v":[\#(number == 7 ? 77 : number)]"# : ""
            _ = try await client.send("PUT", "/r/_doc/\(number)", #"{"n":\#(number),"t":"term\#(number)"\#(group)\#(vector)}"#)
        }
        _ = try await client.send("POST", "/r/_refresh")
    }

    @Test func fusesRetrievers() async throws {
        try await withServer { client in
            try await fillForRetrieving(client)
            let nearest = #"{"knn":{"field":"v","query_vector":[6],"k":3,"num_candidates":3}}"#
            let query = words([(4, 10), (5, 9), (1, 8), (2, 7), (6, 6)]).dropLast(3)
                + #",{"constant_score":{"filter":{"exists":{"field":"t"}}}}]}}"#
            let rrf = #"{"rrf":{"retrievers":[\#(nearest),{"standard":{"query":\#(query)}}],"rank_window_size":5,"rank_constant":10}}"#
            let found = try await client.send(
                "POST", "/r/_search",
                #"{"retriever":\#(rrf),"size":3,"aggs":{"k":{"terms":{"field":"k"}}},"collapse":{"field":"k","inner_hits":{"name":"more","size":2,"sort":[{"n":"desc"}]}}}"#)
            #expect(ids(found.json) == ["4", "5", "6"])
            let hits = try #require(found.json["hits"]?["hits"]?.array)
            #expect(hits[0]["_score"] == .double(0.16783217) && hits[0]["fields"]?["k"] == [.null] && hits[0]["_rank"] == nil)
            #expect(found.json["hits"]?["total"]?["value"] == 9)
            #expect(ids(hits[1]["inner_hits"]?["more"]) == ["9", "8"])
            #expect(hits[1]["inner_hits"]?["more"]?["hits"]?["total"]?["value"] == 4)
            let buckets = found.json["aggregations"]?["k"]?["buckets"]?.array
            #expect(buckets?.map { $0["doc_count"] } == [4, 2, 1])

            let ranked = try await client.send(
                "POST", "/r/_search",
                #"{"query":{"term":{"t":"term4"}},"knn":{"field":"v","query_vector":[6],"k":3,"num_candidates":3},"rank":{"rrf":{"rank_constant":1}}}"#)
            #expect(ids(ranked.json) == ["4", "6", "5"])
            #expect(ranked.json["hits"]?["hits"]?.array?.map { $0["_rank"] } == [1, 2, 3])

            let wide = try await client.send("POST", "/r/_search", #"{"retriever":\#(rrf),"size":9}"#)
            #expect(wide.status == 400)
            #expect(
                wide.json["error"]?["reason"]
                    == "Validation Failed: 1: [rrf] requires [rank_window_size: 5] be greater than or equal to [size: 9];")
            let broken = try await client.send(
                "POST", "/r/_search",
                #"{"retriever":{"rrf":{"retrievers":[\#(nearest),{"standard":{"query":{"range":{"v":{"gt":1}}}}}]}}}"#)
            let cause = broken.json["error"]?["root_cause"]?.array?.first
            #expect(broken.status == 400 && cause?["type"] == "status_exception")
            #expect(cause?["reason"]?.string?.hasPrefix("[rrf] search failed - retrievers '[standard]' returned errors.") == true)
            #expect(cause?["suppressed"]?.array?.first?["type"] == "search_phase_execution_exception")
            let reranker = try await client.send(
                "POST", "/r/_search", #"{"retriever":{"text_similarity_reranker":{"retriever":\#(nearest),"inference_id":"m"}}}"#)
            #expect(reranker.status == 404 && reranker.json["error"]?["type"] == "resource_not_found_exception")
        }
    }

    @Test func rescoresAndCollapses() async throws {
        try await withServer { client in
            try await fillForRetrieving(client)
            let rescored = try await client.send(
                "POST", "/r/_search",
                #"{"query":\#(words((1...9).map { ($0, 20 - $0) })),"rescore":{"window_size":4,"script":{"script":{"source":"doc['n'].value * 100"}}},"size":5}"#)
            #expect(ids(rescored.json) == ["4", "3", "2", "1", "5"])
            let filtered = try await client.send(
                "POST", "/r/_search",
                #"{"post_filter":{"term":{"k":"biology"}},"aggs":{"k":{"terms":{"field":"k"}}},"terminate_after":100}"#)
            #expect(ids(filtered.json) == ["2", "6"] && filtered.json["terminated_early"] == false)
            #expect(filtered.json["aggregations"]?["k"]?["buckets"]?.array?.count == 3)
            let ended = try await client.send("GET", "/r/_count?terminate_after=3")
            #expect(ended.json["count"] == 3 && ended.json["terminated_early"] == true)
            let collapsed = try await client.send(
                "POST", "/r/_search", #"{"collapse":{"field":"k"},"sort":[{"k":"desc"}],"search_after":["technology"],"size":2}"#)
            #expect(collapsed.json["hits"]?["hits"]?.array?.map { $0["fields"]?["k"] } == [["biology"], ["astronomy"]])
            let refusals = [
                (#"{"collapse":{"field":"t"}}"#, "collapse is not supported for the field [t] of the type [text]"),
                (#"{"collapse":{"field":"x"}}"#, "no mapping found for `x` in order to collapse on"),
                (#"{"rescore":{"query":{"rescore_query":{"match_all":{}}}},"sort":["n"]}"#, "Cannot use [sort] option in conjunction with [rescore]."),
                (#"{"rescore":{"window_size":10001,"query":{"rescore_query":{"match_all":{}}}}}"#, "Rescore window [10001] is too large."),
            ]
            for (body, reason) in refusals {
                let refused = try await client.send("POST", "/r/_search", body)
                #expect(refused.status == 400)
                #expect(refused.json["error"]?["root_cause"]?.array?.first?["reason"]?.string?.hasPrefix(reason) == true)
            }
        }
    }

    @Test func slicesArePartsOfAll() async throws {
        try await withServer { client in
            try await fillForRetrieving(client)
            let point = try await client.send("POST", "/r/_pit?keep_alive=1m")
            var seen: [String] = []
            for slice in 0..<3 {
                let found = try await client.send(
                    "POST", "/_search",
                    #"{"pit":{"id":"\#(point.json["id"]?.string ?? "")"},"slice":{"id":\#(slice),"max":3}}"#)
                seen += ids(found.json)
            }
            #expect(seen.sorted() == (1...9).map(String.init))
            var updated = 0
            for slice in 0..<2 {
                // What one slice wrote anew is where the next one looks.
                let found = try await client.send(
                    "POST", "/r/_update_by_query?refresh=true", #"{"slice":{"id":\#(slice),"max":2}}"#)
                if case .int(let count) = found.json["updated"] { updated += count }
            }
            #expect(updated == 9)
            // Refused before anything is made for them.
            let tooMany = try await client.send("POST", "/r/_delete_by_query?slices=2000000000", #"{"query":{"match_all":{}}}"#)
            #expect(tooMany.status == 400 && tooMany.text.contains("index.max_slices_per_scroll"))
        }
    }

    @Test func templatesMakeSearches() async throws {
        try await withServer { client in
            try await fillForRetrieving(client)
            _ = try await client.send(
                "PUT", "/_scripts/t", #"{"script":{"lang":"mustache","source":{"query":{"match":{"t":"{{v}}"}},"size":"{{s}}{{^s}}5{{/s}}"}}}"#)
            let found = try await client.send("POST", "/r/_search/template", #"{"id":"t","params":{"v":"term4"}}"#)
            #expect(ids(found.json) == ["4"])
            let rendered = try await client.send("POST", "/_render/template/t", #"{"params":{"v":"a \"b\"","s":1}}"#)
            #expect(rendered.json["template_output"]?["query"]?["match"]?["t"] == #"a "b""#)
            let inline = try await client.send(
                "POST", "/_render/template", #"{"source":"{\"l\":{{#toJson}}l{{/toJson}}}","params":{"l":["a",1]}}"#)
            #expect(inline.json["template_output"]?["l"] == ["a", 1])
            let several = try await client.send(
                "POST", "/r/_msearch/template",
                "{}\n{\"id\":\"t\",\"params\":{\"v\":\"term1\"}}\n{}\n{\"id\":\"x\"}\n{}\n{\"source\":\"{\\\"size\\\":\"}\n")
            let answers = try #require(several.json["responses"]?.array)
            #expect(ids(answers[0]) == ["1"] && answers[1]["status"] == 404 && answers[2]["error"] != nil)
            let broken = try await client.send("POST", "/_render/template", #"{"source":"{{{x}}"}"#)
            #expect(broken.status == 400 && broken.json["error"]?["type"] == "script_exception")
            #expect(broken.json["error"]?["reason"] == "Improperly closed variable in query-template:1")
        }
    }

    @Test func searchesGoOnByThemselves() async throws {
        try await withServer { client in
            try await fillForRetrieving(client)
            let kept = try await client.send(
                "POST", "/r/_async_search?wait_for_completion_timeout=1m&keep_on_completion=true&keep_alive=2m",
                #"{"query":{"term":{"t":"term3"}}}"#)
            #expect(ids(kept.json["response"]) == ["3"] && kept.json["is_running"] == false && kept.json["is_partial"] == false)
            let id = try #require(kept.json["id"]?.string)
            let again = try await client.send("GET", "/_async_search/\(id)")
            #expect(again.json["response"]?["hits"] == kept.json["response"]?["hits"])
            let status = try await client.send("GET", "/_async_search/status/\(id)")
            #expect(status.json["completion_status"] == 200 && status.json["_shards"]?["total"] == 1)
            #expect(try await client.send("DELETE", "/_async_search/\(id)").json["acknowledged"] == true)
            #expect(try await client.send("GET", "/_async_search/\(id)").status == 404)
            let plain = try await client.send("POST", "/r/_async_search?wait_for_completion_timeout=1m")
            #expect(plain.json["id"] == nil && plain.json["response"]?["hits"]?["total"]?["value"] == 9)
            let broken = try await client.send("POST", "/none/_async_search?wait_for_completion_timeout=1m")
            #expect(broken.status == 404 && broken.json["error"]?["type"] == "index_not_found_exception")
            #expect(try await client.send("POST", "/r/_async_search?keep_alive=1s").status == 400)
        }
    }
}
