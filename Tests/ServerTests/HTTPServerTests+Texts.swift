import JSON
import Testing

@testable import Server

/// Highlighting, explanations, suggestions and term vectors, over a real socket.
extension HTTPServerTests {
    private func withTexts(_ body: @escaping @Sendable (Client) async throws -> Void) async throws {
        try await withServer { client in
            _ = try await client.send(
                "PUT", "/i",
                #"{"settings":{"similarity":{"own":{"type":"BM25","k1":0,"b":0}}},"mappings":{"properties":{"t":{"type":"text","term_vector":"with_positions_offsets"},"s":{"type":"text","similarity":"own"},"c":{"type":"completion"}}}}"#)
            let documents = """
                {"index":{"_id":"1"}}
                {"t":"The quick brown fox is brown.","s":"x x x","c":{"input":"brown bear","weight":2}}
                {"index":{"_id":"2"}}
                {"t":"A quick blue whale","s":"x and words","c":["blue whale","brown cow"]}

                """
            _ = try await client.send("POST", "/i/_bulk?refresh", documents, type: "application/x-ndjson")
            try await body(client)
        }
    }

    @Test func highlightedHits() async throws {
        try await withTexts { client in
            let body = #"{"query":{"match":{"t":"brown"}},"highlight":{"pre_tags":["["],"post_tags":["]"],"fields":[{"t":{}}]}}"#
            let hit = try await client.send("POST", "/i/_search", body).json["hits"]?["hits"]?.array?.first
            #expect(hit?["highlight"] == ["t": ["The quick [brown] fox is [brown]."]])
            for (wrong, status) in [
                (#"{"highlight":{"fields":{"t":{}},"x":1}}"#, 400), (#"{"highlight":{"fields":{"t":{"number_of_fragments":-1}}}}"#, 400),
                (#"{"highlight":{"fields":{"t":{}},"pre_tags":[],"post_tags":[]}}"#, 400), (#"{"highlight":{"fields":{"t":{"type":"x"}}}}"#, 400),
            ] {
                #expect(try await client.send("POST", "/i/_search", wrong).status == status)
            }
        }
    }

    @Test func explainedHits() async throws {
        try await withTexts { client in
            let found = try await client.send("POST", "/i/_search", #"{"explain":true,"query":{"match":{"t":"quick"}}}"#)
            for hit in found.json["hits"]?["hits"]?.array ?? [] {
                #expect(hit["_shard"] == "[i][0]" && hit["_explanation"]?["value"] == hit["_score"])
            }
            let one = try await client.send("GET", "/i/_explain/1?q=t:fox&_source=s")
            #expect(one.json["matched"] == true && one.json["get"]?["_source"] == ["s": "x x x"])
            #expect(try await client.send("GET", "/i/_explain/2?q=t:fox").json["matched"] == false)
            #expect(try await client.send("GET", "/i/_explain/none?q=t:fox").status == 404)
            #expect(try await client.send("GET", "/i/_explain/1").status == 400)
        }
    }

    /// With k1 = 0 neither frequencies nor lengths count.
    @Test func similaritiesOfSettings() async throws {
        try await withTexts { client in
            let hits = try await client.send("POST", "/i/_search", #"{"query":{"match":{"s":"x"}}}"#).json["hits"]?["hits"]?.array
            #expect(hits?.count == 2 && hits?[0]["_score"] == hits?[1]["_score"])
            let refused = try await client.send("PUT", "/j", #"{"mappings":{"properties":{"t":{"type":"text","similarity":"x"}}}}"#)
            #expect(refused.status == 400)
            #expect(refused.json["error"]?["root_cause"]?.array?.first?["reason"] == "Unknown Similarity type [x] for field [t]")
        }
    }

    @Test func suggestions() async throws {
        try await withTexts { client in
            let body = #"{"suggest":{"text":"qiuck browm","a":{"term":{"field":"t"}},"b":{"phrase":{"field":"t","max_errors":2,"highlight":{"pre_tag":"[","post_tag":"]"}}},"c":{"prefix":"bro","completion":{"field":"c"}}}}"#
            let found = try await client.send("POST", "/i/_search?typed_keys=true", body)
            #expect(found.json["hits"]?["total"]?["value"] == 0)
            let suggest = found.json["suggest"]
            let words = suggest?["term#a"]?.array
            #expect(words?.count == 2 && words?[0]["options"]?.array?.first?["text"] == "quick" && words?[1]["offset"] == 6)
            #expect(words?[1]["options"]?.array?.first == ["text": "brown", "score": 0.8, "freq": 1])
            let phrase = suggest?["phrase#b"]?.array?.first
            #expect(phrase?["length"] == 11 && phrase?["options"]?.array?.first?["highlighted"] == "[quick brown]")
            let options = suggest?["completion#c"]?.array?.first?["options"]?.array
            #expect(options?.compactMap { $0["text"]?.string } == ["brown bear", "brown cow"])
            #expect(options?.first?["_id"] == "1" && options?.first?["_score"] == 2.0 && options?.first?["_source"]?["s"] == "x x x")
            #expect(try await client.send("POST", "/i/_search", #"{"suggest":{}}"#).status == 200)
            let fuzzy = #"{"suggest":{"c":{"prefix":"blie","completion":{"field":"c","fuzzy":{"fuzziness":1}}}}}"#
            let near = try await client.send("POST", "/i/_search", fuzzy).json["suggest"]?["c"]?.array?.first?["options"]?.array
            #expect(near?.compactMap { $0["text"]?.string } == ["blue whale"])
            #expect(try await client.send("POST", "/i/_search", #"{"suggest":{"a":{"text":"x","term":{"field":"none"}}}}"#).status == 400)
        }
    }

    @Test func termVectors() async throws {
        try await withTexts { client in
            let found = try await client.send("GET", "/i/_termvectors/1?term_statistics=true")
            let field = found.json["term_vectors"]?["t"]
            #expect(field?["field_statistics"] == ["sum_doc_freq": 9, "doc_count": 2, "sum_ttf": 10])
            #expect(
                field?["terms"]?["brown"] == [
                    "doc_freq": 1, "ttf": 2, "term_freq": 2,
                    "tokens": [
                        ["position": 2, "start_offset": 10, "end_offset": 15], ["position": 5, "start_offset": 23, "end_offset": 28],
                    ],
                ])
            let artificial = try await client.send("POST", "/i/_termvectors", #"{"doc":{"s":"A b"},"positions":false}"#)
            #expect(artificial.json["term_vectors"]?["s"]?["terms"]?["b"]?["tokens"] == [["start_offset": 2, "end_offset": 3]])
            let several = try await client.send("POST", "/_mtermvectors", #"{"docs":[{"_index":"i","_id":"1"},{"_index":"none","_id":"1"}]}"#)
            #expect(several.json["docs"]?.array?.map { $0["found"] == true } == [true, false])
            #expect(several.json["docs"]?.array?.last?["error"]?["type"] == "index_not_found_exception")
        }
    }

    @Test(arguments: [
        (#"{"span_near":{"clauses":[{"span_term":{"t":"quick"}},{"span_term":{"t":{"value":"fox"}}}],"slop":1,"in_order":true}}"#, ["1"]),
        (#"{"span_or":{"clauses":[{"span_term":{"t":"fox"}},{"span_term":{"t":"whale"}}]}}"#, ["1", "2"]),
        (#"{"span_first":{"match":{"span_term":{"t":"quick"}},"end":2}}"#, ["1", "2"]),
        (#"{"span_not":{"include":{"span_term":{"t":"quick"}},"exclude":{"span_term":{"t":"brown"}},"post":1}}"#, ["2"]),
        (#"{"span_multi":{"match":{"prefix":{"t":"wha"}}}}"#, ["2"]),
        (#"{"intervals":{"t":{"match":{"query":"fox quick","max_gaps":1}}}}"#, ["1"]),
        (#"{"intervals":{"t":{"all_of":{"ordered":true,"intervals":[{"match":{"query":"a"}},{"prefix":{"prefix":"bl"}}]}}}}"#, ["2"]),
        (#"{"more_like_this":{"fields":["t"],"like":[{"_id":"1"}],"min_term_freq":1,"min_doc_freq":1,"minimum_should_match":"10%"}}"#, ["2"]),
        (#"{"combined_fields":{"query":"quick words","fields":["t^2","s"],"operator":"and"}}"#, ["2"]),
    ])
    func queriesOfPlaces(query: String, ids: [String]) async throws {
        try await withTexts { client in
            let found = try await client.send("POST", "/i/_search", #"{"query":\#(query),"_source":false}"#)
            #expect(found.status == 200)
            #expect((found.json["hits"]?["hits"]?.array?.compactMap { $0["_id"]?.string } ?? []).sorted() == ids)
        }
    }

    @Test(arguments: [
        (#""match":{"t":{"query":"say what the fudge","operator":"and"}}"#, ["1"]), (#""match_phrase":{"t":"say wtf"}"#, ["1"]),
        (#""match":{"t":"wtf"}"#, ["1", "2"]), (#""match":{"t":{"query":"wtf","auto_generate_synonyms_phrase_query":false}}"#, ["1", "2", "3"]),
        (#""match_phrase_prefix":{"t":"what the fu"}"#, ["2"]), (#""multi_match":{"query":"wtf","fields":["t"]}"#, ["1", "2"]),
        (#""query_string":{"query":"wtf","fields":["t"],"auto_generate_synonyms_phrase_query":false}"#, ["1", "2", "3"]),
    ])
    func synonymsOfSeveralWords(query: String, ids: [String]) async throws {
        try await withServer { client in
            _ = try await client.send(
                "PUT", "/i",
                #"{"settings":{"analysis":{"filter":{"s":{"type":"synonym_graph","synonyms":["wtf, what the fudge"]}},"analyzer":{"a":{"tokenizer":"standard","filter":["lowercase","s"]}}}},"mappings":{"properties":{"t":{"type":"text","analyzer":"standard","search_analyzer":"a"}}}}"#)
            for (id, text) in [("1", "say wtf happened"), ("2", "what the fudge"), ("3", "the fudge for what")] {
                _ = try await client.send("PUT", "/i/_doc/\(id)?refresh=true", #"{"t":"\#(text)"}"#)
            }
            let found = try await client.send("POST", "/i/_search", #"{"query":{\#(query)},"_source":false}"#)
            #expect(found.status == 200)
            #expect((found.json["hits"]?["hits"]?.array?.compactMap { $0["_id"]?.string } ?? []).sorted() == ids)
        }
    }

    @Test func validations() async throws {
        try await withTexts { client in
            let found = try await client.send("GET", "/i/_validate/query?q=t:fox&explain=true")
            #expect(found.json["valid"] == true && found.json["explanations"]?.array?.first?["explanation"] == "t:fox")
            #expect(try await client.send("POST", "/i/_validate/query", #"{"query":{"span_near":{"clauses":[]}}}"#).json["valid"] == false)
        }
    }
}
