import JSON
import Testing

@testable import Server

/// What profiles, statistics and tables tell, and what the cluster forbids, over a real socket.
extension HTTPServerTests {
    private func search(_ client: Client, _ path: String, _ body: String) async throws -> JSONValue {
        let answer = try await client.send("POST", path, body)
        #expect(answer.status == 200, "\(answer.text)")
        return answer.json
    }

    private func refusal(_ client: Client, _ body: String) async throws -> String {
        let answer = try await client.send("POST", "/i/_search", body)
        #expect(answer.status == 400, "\(answer.text)")
        return answer.json["error"]?["root_cause"]?.array?.first?["reason"]?.string ?? ""
    }

    private func withVectors(_ body: @escaping @Sendable (Client) async throws -> Void) async throws {
        try await withServer { client in
            let properties = #"""
                {"k":{"type":"keyword"},"t":{"type":"text"},"d":{"type":"date"},"o":{"type":"nested"},"short":{"type":"keyword","ignore_above":2},
                "v":{"type":"dense_vector","dims":2,"similarity":"l2_norm","index_options":{"type":"hnsw"}},
                "raw":{"type":"dense_vector","dims":2,"index":false}}
                """#
            _ = try await client.send("PUT", "/i", #"{"settings":{"number_of_replicas":0},"mappings":{"properties":\#(properties)}}"#)
            for number in 1...3 {
                let document = #"""
                    {"k":"k\#(number)","t":"word","d":"201\#(number)-01-01","o":[{"x":1}],"short":"long","v":[\#(number),0],"raw":[1,2]}
                    """#
                #expect(try await client.send("PUT", "/i/_doc/\(number)?refresh", document).status == 201)
            }
            try await body(client)
        }
    }

    @Test func profilesTellOfEveryPhase() async throws {
        try await withVectors { client in
            func shard(_ path: String, _ body: String) async throws -> JSONValue {
                try await search(client, path, body)["profile"]?["shards"]?.array?.first ?? .null
            }
            func children(_ value: JSONValue?) -> [String?] { value?["children"]?.array?.map { $0["type"]?.string } ?? [] }
            let plain = try await shard("/i/_search", #"{"profile":true,"query":{"bool":{"must":[{"term":{"t":"word"}}],"filter":[{"exists":{"field":"k"}}]}},"aggs":{"a":{"terms":{"field":"k"}},"m":{"max":{"field":"d"}}}}"#)
            #expect(children(plain["fetch"]) == ["FetchFieldsPhase", "FetchSourcePhase", "StoredFieldsPhase"])
            #expect(plain["fetch"]?["debug"]?["stored_fields"] == ["_id", "_routing", "_source"])
            #expect(plain["aggregations"]?.array?.map { $0["description"]?.string } == ["a", "m"])
            let query = plain["searches"]?.array?.first?["query"]?.array?.first
            #expect(query?["type"] == "BooleanQuery" && children(query) == ["TermQuery", "FieldExistsQuery"])
            #expect(plain["dfs"] == nil)
            let none = try await shard("/i/_search", #"{"profile":true,"stored_fields":"_none_"}"#)
            #expect(none["fetch"]?["debug"]?["stored_fields"] == [] && none["fetch"]?["children"] == nil)
            let inner = try await shard("/i/_search", #"{"profile":true,"query":{"nested":{"path":"o","query":{"match_all":{}},"inner_hits":{}}}}"#)
            #expect(children(inner["fetch"]).contains("InnerHitsPhase"))
            let empty = try await shard("/i/_search", #"{"profile":true,"size":0}"#)
            #expect(empty["fetch"] == nil)
            let statistics = try await shard("/i/_search?search_type=dfs_query_then_fetch", #"{"profile":true,"query":{"term":{"k":"k1"}}}"#)
            #expect(statistics["dfs"]?["statistics"]?["type"] == "statistics")
            let nearest = try await shard("/i/_search", #"{"profile":true,"knn":{"field":"v","query_vector":[1,0],"k":2,"num_candidates":3}}"#)
            let found = nearest["dfs"]?["knn"]?.array?.first
            #expect(found?["query"]?.array?.first?["description"]?.string?.hasPrefix("DocAndScoreQuery[") == true)
            for name in ["advance", "next_doc", "score", "build_scorer", "create_weight"] {
                #expect((found?["query"]?.array?.first?["breakdown"]?[name + "_count"]?.wholeNumber ?? 0) > 0, "\(name)")
            }
            let ranked = try await shard("/i/_search", #"{"profile":true,"retriever":{"rrf":{"retrievers":[{"standard":{"query":{"term":{"t":"word"}}}},{"knn":{"field":"v","query_vector":[1,0],"k":2,"num_candidates":3}}]}}}"#)
            let top = ranked["searches"]?.array?.first?["query"]?.array?.first
            #expect(top?["type"] == "RankDocsQuery" && children(top) == ["TopQuery", "BooleanQuery"])
            #expect(children(top?["children"]?.array?.last) == ["TermQuery", "TopQuery"])
        }
    }

    @Test func expensiveQueriesCanBeForbidden() async throws {
        try await withVectors { client in
            let queries = [
                #"{"prefix":{"k":"a"}}"#: "[prefix]", #"{"wildcard":{"k":"a*"}}"#: "[wildcard]", #"{"fuzzy":{"k":"a"}}"#: "[fuzzy]",
                #"{"regexp":{"k":"a.*"}}"#: "[regexp]", #"{"range":{"k":{"gte":"a"}}}"#: "[range] queries on [text] or [keyword] fields",
                #"{"nested":{"path":"o","query":{"match_all":{}}}}"#: "[joining]", #"{"script":{"script":{"source":"true"}}}"#: "[script]",
                #"{"script_score":{"query":{"match_all":{}},"script":{"source":"1"}}}"#: "[script score]",
            ]
            for query in queries.keys { _ = try await search(client, "/i/_search", #"{"query":\#(query)}"#) }
            let setting = #"{"persistent":{"search.allow_expensive_queries":\#("false")}}"#
            #expect(try await client.send("PUT", "/_cluster/settings", setting).status == 200)
            for (query, name) in queries {
                let reason = try await refusal(client, #"{"query":\#(query)}"#)
                #expect(reason.contains(name) && reason.contains("cannot be executed when 'search.allow_expensive_queries' is set to false."))
            }
            _ = try await search(client, "/i/_search", #"{"query":{"range":{"d":{"gte":"2011"}}}}"#)
            let runtime = #""runtime_mappings":{"r":{"type":"keyword","script":{"source":"emit('a')"}}}"#
            for query in [#"{"term":{"r":"a"}}"#, #"{"exists":{"field":"r"}}"#, #"{"match":{"r":"a"}}"#] {
                #expect(
                    try await refusal(client, #"{"query":\#(query),\#(runtime)}"#)
                        == "failed to create query: queries cannot be executed against runtime fields while [search.allow_expensive_queries] is set to [false].")
            }
        }
    }

    @Test func fieldsOfDocumentsThemselves() async throws {
        try await withVectors { client in
            let hit = try await search(client, "/i/_search", #"{"query":{"ids":{"values":["2"]}},"fields":["_ignored","_id","_index","k"]}"#)["hits"]?["hits"]?.array?.first
            #expect(hit?["fields"] == ["_ignored": ["short"], "_id": ["2"], "_index": ["i"], "k": ["k2"]])
            #expect(try await refusal(client, #"{"fields":["_seq_no"]}"#) == "error fetching [_seq_no]: Cannot fetch values for internal field [_seq_no].")
            #expect(
                try await refusal(client, #"{"fields":[{"field":"k","format":"yyyy"}]}"#)
                    == "error fetching [k]: Field [k] of type [keyword] doesn't support formats.")
            #expect(try await refusal(client, #"{"sort":"v"}"#) == "Field [v] of type [dense_vector] doesn't support sort")
            _ = try await refusal(client, #"{"aggs":{"a":{"terms":{"field":"v"}}}}"#)
            #expect(try await refusal(client, #"{"query":{"function_score":{"random_score":{"seed":1,"field":"_id"}}}}"#).hasPrefix("Fielddata access on the _id field"))
            #expect(try await refusal(client, #"{"query":{"function_score":{"random_score":{"seed":1,"field":"x"}}}}"#).contains("is not mapped on"))
        }
    }

    @Test func missingDatesAreNullWhereDatesHaveAFormat() async throws {
        try await withVectors { client in
            _ = try await client.send("PUT", "/i/_doc/4?refresh", "{}")
            func sorts(_ more: String, _ after: String = "") async throws -> [JSONValue] {
                let body = #"{"sort":[{"d":{"order":"asc"\#(more)}}]\#(after)}"#
                let hits = try await search(client, "/i/_search", body)["hits"]?["hits"]?.array ?? []
                return hits.compactMap { $0["sort"]?.array?.first }
            }
            let years: [JSONValue] = ["2011", "2012", "2013"]
            let formatted = try await sorts(#","format":"yyyy""#)
            #expect(formatted == years + [JSONValue.null])
            let after = try await sorts(#","format":"yyyy","missing":"_first""#, #","search_after":[null]"#)
            #expect(after == years)
            let plain = try await sorts("")
            #expect(plain.last?.wholeNumber == Int.max)
        }
    }

    @Test func shardsThatHoldNothingAreSkipped() async throws {
        try await withServer { client in
            for year in 2016...2018 {
                _ = try await client.send("PUT", "/i\(year)", #"{"mappings":{"properties":{"d":{"type":"date"}}}}"#)
                #expect(try await client.send("PUT", "/i\(year)/_doc/1?refresh", #"{"d":"\#(year)-01-01"}"#).status == 201)
            }
            func skipped(_ from: String, _ to: String, _ more: String = "", size: String = "?pre_filter_shard_size=1") async throws -> Int? {
                let body = #"{"query":{"range":{"d":{"gte":"\#(from)","lt":"\#(to)"}}}\#(more)}"#
                return try await search(client, "/i*/_search\(size)", body)["_shards"]?["skipped"]?.wholeNumber
            }
            #expect(try await skipped("2016-02-01", "2018-02-01") == 1)
            #expect(try await skipped("2019-02-01", "2020-02-01") == 2)
            #expect(try await skipped("2016-02-01", "2018-02-01", size: "") == 0)
            #expect(try await skipped("2016-02-01", "2018-02-01", #","sort":"d""#, size: "") == 1)
            #expect(try await skipped("2016-02-01", "2018-02-01", #","aggs":{"g":{"global":{}}}"#) == 0)
        }
    }

    @Test func vectorsAreCounted() async throws {
        try await withVectors { client in
            let statistics = try await client.send("GET", "/i/_stats").json
            let vectors = statistics["indices"]?["i"]?["primaries"]?["dense_vector"]
            // What is not indexed is not counted.
            #expect(vectors?["value_count"] == 3 && (vectors?["off_heap"]?["total_vec_size_bytes"]?.wholeNumber ?? 0) >= 24)
            #expect((vectors?["off_heap"]?["fielddata"]?["v"]?["vex_size_bytes"]?.wholeNumber ?? 0) > 0)
            #expect(vectors?["off_heap"]?["fielddata"]?["raw"] == nil)
            #expect(statistics["_all"]?["primaries"]?["dense_vector"]?["off_heap"]?["fielddata"] == nil)
            let types = try await client.send("GET", "/_cluster/stats").json["indices"]?["mappings"]?["field_types"]?.array ?? []
            let type = types.first { $0["name"] == "dense_vector" }
            #expect(type?["count"] == 2 && type?["indexed_vector_count"] == 1 && type?["indexed_vector_dim_max"] == 2)
            #expect(type?["vector_index_type_count"] == ["hnsw": 1, "not_indexed": 1])
            let row = try await client.send("GET", "/_cat/shards/i?format=json&h=index,dense_vector.value_count,seq_no.max,get.time").json.array?.first
            #expect(row == ["index": "i", "dense_vector.value_count": "3", "seq_no.max": "2", "get.time": "0ms"])
            #expect(try await client.send("GET", "/_cat/indices/i?format=json&h=*").json.array?.first?["pri.search.query_total"] != nil)
            let usage = try await client.send("GET", "/_nodes/usage").json
            #expect(usage["_nodes"]?["total"] == 1 && usage["nodes"]?.object?.count == 1)
        }
    }

    @Test func tablesOfTheNode() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/i", "{}")
            func row(_ path: String) async throws -> JSONValue? {
                try await client.send("GET", path + "&format=json").json.array?.first
            }
            #expect(try await row("/_cat/recovery?h=i,ty,st,b,to") == ["i": "i", "ty": "existing_store", "st": "done", "b": "0b", "to": "0"])
            #expect(try await row("/_cat/thread_pool/write?h=n,t,ka,a") == ["n": "write", "t": "fixed", "ka": nil, "a": "0"])
            let disk = try await row("/_cat/nodes?h=du,dup,disk.total")
            #expect(disk?["du"]?.string != nil && disk?["dup"]?.string?.contains(".") == true)
            #expect(try await row("/_cat/segments?h=id,seg")?["id"] == row("/_cat/nodes?full_id&h=id")?["id"])
        }
    }
}
