import JSON
import Testing

@testable import Server

/// Parts of searches that have queries, scripts or analyzers of their own, over a real socket.
extension HTTPServerTests {
    private func search(_ client: Client, _ index: String, _ body: String, status: Int = 200) async throws -> JSONValue {
        let answer = try await client.send("POST", "/\(index)/_search", body)
        #expect(answer.status == status, "\(answer.text)")
        return answer.json
    }

    private func hits(_ client: Client, _ index: String, _ body: String) async throws -> [JSONValue] {
        try await search(client, index, body)["hits"]?["hits"]?.array ?? []
    }

    private func ids(_ client: Client, _ index: String, query: String) async throws -> [String] {
        try await hits(client, index, #"{"query":\#(query),"_source":false}"#).compactMap { $0["_id"]?.string }.sorted()
    }

    private func bulk(_ client: Client, _ index: String, _ documents: [String]) async throws {
        let lines = documents.enumerated().map { "{\"index\":{\"_id\":\"\($0.offset + 1)\"}}\n\($0.element)\n" }.joined()
        let answer = try await client.send("POST", "/\(index)/_bulk?refresh", lines, type: "application/x-ndjson")
        #expect(answer.json["errors"] == false, "\(answer.text)")
    }

    // MARK: Suggestions

    private func withTitles(_ body: @escaping @Sendable (Client) async throws -> Void) async throws {
        try await withServer { client in
            let settings = #"""
                {"settings":{"analysis":{"filter":{"pairs":{"type":"shingle","output_unigrams":false},"rows":{"type":"shingle","max_shingle_size":3}},"analyzer":{
                "backwards":{"tokenizer":"standard","filter":["lowercase","reverse"]},"pairs":{"tokenizer":"standard","filter":["lowercase","pairs"]},
                "rows":{"tokenizer":"standard","filter":["lowercase","rows"]}}}},
                "mappings":{"properties":{"t":{"type":"text","fields":{"back":{"type":"text","analyzer":"backwards"},"pairs":{"type":"text","analyzer":"pairs"},"rows":{"type":"text","analyzer":"rows"}}},"c":{"type":"completion"}}}}
                """#
            #expect(try await client.send("PUT", "/i", settings).status == 200)
            try await bulk(client, "i", [#"{"t":"quick brown fox","c":"brown bear"}"#, #"{"t":"quick brown dog","c":"br@nd"}"#, #"{"t":"brown quack","c":"日本語"}"#])
            try await body(client)
        }
    }

    private func options(_ client: Client, _ suggestion: String, status: Int = 200) async throws -> [String] {
        let found = try await search(client, "i", #"{"suggest":{"s":\#(suggestion)}}"#, status: status)
        return found["suggest"]?["s"]?.array?.first?["options"]?.array?.compactMap { $0["text"]?.string } ?? []
    }

    @Test func generatorsAnalyzeBeforeAndAfter() async throws {
        try await withTitles { client in
            func phrase(_ more: String) -> String { #"{"text":"xuick brown","phrase":{"field":"t","max_errors":2,"confidence":0\#(more)}}"# }
            // What begins with another letter is not looked for.
            #expect(try await options(client, phrase("")) == ["xuick brown"])
            let backwards = #","direct_generator":[{"field":"t.back","suggest_mode":"always","pre_filter":"backwards","post_filter":"backwards"}]"#
            #expect(try await options(client, phrase(backwards)).contains("quick brown"))
            let unfiltered = #","direct_generator":[{"field":"t.back","suggest_mode":"always","pre_filter":"backwards"}]"#
            #expect(try await options(client, phrase(unfiltered)).contains("kciuq brown"))
            _ = try await options(client, phrase(#","direct_generator":[{"field":"t","pre_filter":"none"}]"#), status: 400)
        }
    }

    @Test func phrasesOfShingles() async throws {
        try await withTitles { client in
            // The analyzer gives no single words; if they are not asked for, the pairs are looked at.
            _ = try await options(client, #"{"text":"quick brown","phrase":{"field":"t.pairs"}}"#, status: 400)
            _ = try await options(client, #"{"text":"quick brown","phrase":{"field":"t.pairs","analyzer":"pairs"}}"#, status: 400)
            let pairs = #"{"text":"quick browm","phrase":{"field":"t.pairs","analyzer":"pairs","force_unigrams":false,"confidence":0,"gram_size":1}}"#
            #expect(try await options(client, pairs).contains("quick brown"))
            for smoothing in [#""laplace":{"alpha":0.7}"#, #""stupid_backoff":{}"#, #""linear_interpolation":{"trigram_lambda":0.6,"bigram_lambda":0.3,"unigram_lambda":0.1}"#] {
                let rows = #"{"text":"quick browm fox","phrase":{"field":"t.rows","smoothing":{\#(smoothing)}}}"#
                #expect(try await options(client, rows).first == "quick brown fox", "\(smoothing)")
            }
            for wrong in [#"{"none":{}}"#, #"{"linear_interpolation":{"trigram_lambda":0.6}}"#, #"{"laplace":{"x":1}}"#] {
                _ = try await options(client, #"{"text":"a","phrase":{"field":"t","smoothing":\#(wrong)}}"#, status: 400)
            }
        }
    }

    @Test func completionsByRegularExpressionsAndBytes() async throws {
        try await withTitles { client in
            func regexp(_ text: String, _ options: String) -> String { #"{"regex":"\#(text)","completion":{"field":"c"\#(options)}}"# }
            #expect(try await options(client, regexp("br@", "")).count == 2)
            #expect(try await options(client, regexp("br@", #","regex":{"flags":"NONE"}"#)) == [])
            #expect(try await options(client, regexp("br[o]w", #","regex":{"max_determinized_states":100}"#)) == ["brown bear"])
            for wrong in [regexp("br[", ""), regexp("a", #","regex":{"flags":"X"}"#), regexp("a", #","regex":{"x":1}"#)] {
                _ = try await options(client, wrong, status: 400)
            }
            func fuzzy(_ isAware: Bool) -> String { #"{"prefix":"日x語","completion":{"field":"c","fuzzy":{"fuzziness":1,"prefix_length":1,"unicode_aware":\#(isAware)}}}"# }
            #expect(try await options(client, fuzzy(true)) == ["日本語"])
            #expect(try await options(client, fuzzy(false)) == [])
        }
    }

    @Test func distancesOfWords() async throws {
        try await withTitles { client in
            // One edit of four characters, or of five.
            for (distance, score) in [("internal", 0.75), ("levenshtein", 0.8)] {
                let found = try await search(client, "i", #"{"suggest":{"s":{"text":"quak","term":{"field":"t","string_distance":"\#(distance)","suggest_mode":"always"}}}}"#)
                let option = found["suggest"]?["s"]?.array?.first?["options"]?.array?.first
                #expect(option?["text"] == "quack" && abs((option?["score"]?.decimal ?? 0) - score) < 1e-6, "\(distance)")
            }
            _ = try await options(client, #"{"text":"a","term":{"field":"t","string_distance":"x"}}"#, status: 400)
        }
    }

    // MARK: Highlighting

    @Test func queriesOfHighlightingAreRewritten() async throws {
        try await withServer { client in
            let mapping = #"{"mappings":{"properties":{"t":{"type":"text"},"k":{"type":"keyword"},"other":{"type":"alias","path":"t"}}}}"#
            #expect(try await client.send("PUT", "/i", mapping).status == 200)
            try await bulk(client, "i", [#"{"t":"red fox","words":["red","blue"]}"#, #"{"t":"blue dog"}"#])
            let lookup = #"{"terms":{"t":{"index":"i","id":"1","path":"words"}}}"#
            let marked = try await hits(client, "i", #"{"sort":"_doc","highlight":{"highlight_query":\#(lookup),"fields":{"t":{},"other":{}}}}"#)
            #expect(marked.map { $0["highlight"]?["t"]?.array?.first } == ["<em>red</em> fox", "<em>blue</em> dog"])
            #expect(marked.map { $0["highlight"]?["other"]?.array?.first } == ["<em>red</em> fox", "<em>blue</em> dog"])
            let own = try await hits(client, "i", #"{"sort":"_doc","query":{"match":{"other":"dog"}},"highlight":{"fields":{"t":{"highlight_query":\#(lookup)},"k":{}}}}"#)
            #expect(own.map { $0["highlight"] } == [["t": ["<em>blue</em> dog"]]])
            let filtered = try await search(client, "i", #"{"size":0,"aggs":{"a":{"filter":\#(lookup)}}}"#)
            #expect(filtered["aggregations"]?["a"]?["doc_count"] == 2)
        }
    }

    // MARK: Inner hits

    @Test func innerHitsTakeWhatHitsTake() async throws {
        try await withServer { client in
            let mapping = #"{"mappings":{"properties":{"c":{"type":"nested","properties":{"t":{"type":"text"},"n":{"type":"integer"},"s":{"type":"keyword","store":true}}}}}}"#
            #expect(try await client.send("PUT", "/i", mapping).status == 200)
            try await bulk(client, "i", [#"{"c":[{"t":"red","n":1,"s":"x"},{"t":"red red","n":2,"s":"y"},{"t":"blue","n":3,"s":"z"}]}"#])
            func inner(_ options: String, _ query: String = #"{"match":{"c.t":"red"}}"#) async throws -> [JSONValue] {
                let body = #"{"query":{"nested":{"path":"c","query":\#(query),"inner_hits":{\#(options)}}}}"#
                return try await hits(client, "i", body).first?["inner_hits"]?["c"]?["hits"]?["hits"]?.array ?? []
            }
            for hit in try await inner(#""explain":true,"version":true,"seq_no_primary_term":true"#) {
                #expect(hit["_explanation"]?["value"] == hit["_score"] && hit["_version"] == 1 && hit["_seq_no"] == 0)
            }
            let computed = try await inner(#""script_fields":{"twice":{"script":"doc['c.n'].value * 2"}},"sort":[{"c.n":"asc"}]"#)
            #expect(computed.map { $0["fields"] } == [["twice": [2]], ["twice": [4]]] && computed.allSatisfy { $0["_source"] == nil })
            let sorted = try await inner(#""sort":[{"_script":{"type":"number","script":"-doc['c.n'].value","order":"asc"}}],"_source":["c.n"]"#, #"{"match_all":{}}"#)
            #expect(sorted.map { $0["_source"]?["n"] } == [3, 2, 1] && sorted.map { $0["sort"] } == [[-3.0], [-2.0], [-1.0]])
            let stored = try await inner(#""stored_fields":["c.s"],"size":1,"from":1,"sort":[{"c.n":"asc"}],"track_scores":true"#)
            #expect(stored.count == 1 && stored[0]["fields"] == ["c.s": ["y"]] && stored[0]["_source"] == nil && stored[0]["_score"] != .null)
            for (refused, reason) in [(#""size":101"#, "Inner result window is too large"), (#""x":1"#, "unknown field [x]"), (#""explain":3"#, "")] {
                let answer = try await client.send("POST", "/i/_search", #"{"query":{"nested":{"path":"c","query":{"match_all":{}},"inner_hits":{\#(refused)}}}}"#)
                #expect(answer.status == 400 && answer.text.contains(reason), "\(answer.text)")
            }
        }
    }

    // MARK: Keys of objects

    @Test func keysOfFlattenedObjects() async throws {
        try await withServer { client in
            #expect(try await client.send("PUT", "/i", #"{"mappings":{"properties":{"f":{"type":"flattened"},"also":{"type":"alias","path":"f"}}}}"#).status == 200)
            try await bulk(client, "i", [#"{"f":{"a":"x","b":{"c":"1"}}}"#, #"{"f":{"a":["y","z"]}}"#, #"{"f":{"b":{"c":"2"}}}"#, "{}"])
            for (query, expected) in [
                (#"{"term":{"f.a":"y"}}"#, ["2"]), (#"{"term":{"f":"1"}}"#, ["1"]), (#"{"term":{"f.a":"1"}}"#, []), (#"{"terms":{"f.b.c":["1","2","3"]}}"#, ["1", "3"]),
                (#"{"prefix":{"f.a":"z"}}"#, ["2"]), (#"{"range":{"f.b.c":{"gte":"2","lt":"9"}}}"#, ["3"]), (#"{"exists":{"field":"f.a"}}"#, ["1", "2"]),
                (#"{"exists":{"field":"f"}}"#, ["1", "2", "3"]), (#"{"exists":{"field":"f.b"}}"#, []), (#"{"match":{"f.a":"x"}}"#, ["1"]), (#"{"term":{"also.a":"x"}}"#, ["1"]),
            ] as [(String, [String])] {
                #expect(try await ids(client, "i", query: query) == expected, "\(query)")
            }
            let sorted = try await hits(client, "i", #"{"sort":[{"f.a":{"order":"desc","missing":"_last"}}],"fields":["f.a"],"docvalue_fields":["f.b.c"]}"#)
            #expect(sorted.map { $0["sort"]?.array?.first } == ["z", "x", .null, .null])
            #expect(sorted[1]["fields"] == ["f.b.c": ["1"], "f.a": ["x"]])
            let found = try await search(client, "i", #"{"size":0,"aggs":{"a":{"terms":{"field":"f.a"}},"c":{"cardinality":{"field":"f.b.c"}},"m":{"missing":{"field":"f.a"}}}}"#)
            #expect(found["aggregations"]?["a"]?["buckets"]?.array?.map { $0["key"] } == ["x", "y", "z"])
            #expect(found["aggregations"]?["c"]?["value"] == 2 && found["aggregations"]?["m"]?["doc_count"] == 2)
            let capabilities = try await client.send("GET", "/i/_field_caps?fields=*")
            #expect(capabilities.json["fields"]?["f._keyed"] == nil && capabilities.json["fields"]?["f"] != nil)
        }
    }

    // MARK: Runtime fields

    @Test func fieldsThatAreMappedAtRuntime() async throws {
        try await withServer { client in
            #expect(try await client.send("PUT", "/i", #"{"mappings":{"dynamic":"runtime","properties":{"o":{"properties":{"k":{"type":"keyword"}}}}}}"#).status == 200)
            try await bulk(client, "i", [#"{"n":5,"s":"red","o":{"k":"a","more":true},"new":{"deep":[1.5,2.5]},"d":"2020-01-01","a.b":"x"}"#, #"{"n":7,"s":"blue"}"#])
            let mapping = try await client.send("GET", "/i/_mapping").json["i"]?["mappings"]
            #expect(
                mapping?["runtime"] == [
                    "a.b": ["type": "keyword"], "d": ["type": "date"], "n": ["type": "long"], "new.deep": ["type": "double"],
                    "o.more": ["type": "boolean"], "s": ["type": "keyword"],
                ])
            #expect(mapping?["properties"] == ["o": ["properties": ["k": ["type": "keyword"]]]])
            for (query, expected) in [
                (#"{"range":{"n":{"gt":5}}}"#, ["2"]), (#"{"term":{"s":"red"}}"#, ["1"]), (#"{"term":{"o.more":true}}"#, ["1"]),
                (#"{"term":{"new.deep":2.5}}"#, ["1"]), (#"{"range":{"d":{"lt":"2021-01-01"}}}"#, ["1"]), (#"{"term":{"a.b":"x"}}"#, ["1"]),
            ] {
                #expect(try await ids(client, "i", query: query) == expected, "\(query)")
            }
        }
    }

    @Test func compositeRuntimeFields() async throws {
        try await withServer { client in
            let definition = #"{"type":"composite","script":"emit(['size': doc['n'].value, 'names': ['x', 'y']]); emit('ip', '10.0.0.1');","fields":{"size":{"type":"long"},"names":{"type":"keyword"},"ip":{"type":"ip"}}}"#
            #expect(try await client.send("PUT", "/i", #"{"mappings":{"runtime":{"c":\#(definition)},"properties":{"n":{"type":"long"}}}}"#).status == 200)
            try await bulk(client, "i", [#"{"n":5}"#, #"{"n":7}"#])
            #expect(try await ids(client, "i", query: #"{"range":{"c.size":{"gt":5}}}"#) == ["2"])
            #expect(try await ids(client, "i", query: #"{"bool":{"filter":[{"term":{"c.names":"y"}},{"term":{"c.ip":"10.0.0.0/8"}}]}}"#) == ["1", "2"])
            let shown = try await hits(client, "i", #"{"sort":"n","fields":["c.*"],"_source":false}"#)
            #expect(shown.first?["fields"] == ["c.ip": ["10.0.0.1"], "c.names": ["x", "y"], "c.size": [5]])
            let mapping = try await client.send("GET", "/i/_mapping").json["i"]?["mappings"]?["runtime"]
            #expect(mapping?["c"]?["fields"]?["size"] == ["type": "long"] && mapping?["c.size"] == nil)
            #expect(try await client.send("PUT", "/i/_mapping", #"{"runtime":{"c":null}}"#).status == 200)
            #expect(try await ids(client, "i", query: #"{"exists":{"field":"c.size"}}"#) == [])
            #expect(try await client.send("PUT", "/j", #"{"mappings":{"runtime":{"c":{"type":"composite","script":"emit([:])"}}}}"#).status == 400)
        }
    }

    @Test func scriptsSortVersions() async throws {
        try await withServer { client in
            #expect(try await client.send("PUT", "/i", #"{"mappings":{"properties":{"v":{"type":"keyword"}}}}"#).status == 200)
            try await bulk(client, "i", [#"{"v":"1.10.0"}"#, #"{"v":"1.9.0"}"#, #"{"v":"1.10.0-beta"}"#])
            func sorted(_ type: String) async throws -> [JSONValue?] {
                try await hits(client, "i", #"{"sort":[{"_script":{"type":"\#(type)","script":"doc['v'].value"}}]}"#).map { $0["sort"]?.array?.first }
            }
            #expect(try await sorted("version") == ["1.9.0", "1.10.0-beta", "1.10.0"])
            #expect(try await sorted("string") == ["1.10.0", "1.10.0-beta", "1.9.0"])
            _ = try await search(client, "i", #"{"sort":[{"_script":{"type":"version","mode":"avg","script":"'1'"}}]}"#, status: 400)
        }
    }

    // MARK: Aggregations

    @Test func samplesAreScaled() async throws {
        try await withServer { client in
            #expect(try await client.send("PUT", "/i", #"{"mappings":{"properties":{"n":{"type":"long"}}}}"#).status == 200)
            try await bulk(client, "i", (0..<4000).map { #"{"n":\#($0 % 4)}"# })
            func sampled(_ options: String) async throws -> JSONValue? {
                let aggregations = #"{"s":{"random_sampler":{\#(options)},"aggs":{"n":{"terms":{"field":"n"}},"sum":{"sum":{"field":"n"}},"avg":{"avg":{"field":"n"}}}}}"#
                return try await search(client, "i", #"{"size":0,"aggs":\#(aggregations)}"#)["aggregations"]?["s"]
            }
            let sample = try await sampled(#""probability":0.25,"seed":3"#)
            let count = try #require(sample?["doc_count"]?.decimal.map { Int($0) })
            #expect((800...1200).contains(count) && sample?["seed"] == 3)
            let counts = sample?["n"]?["buckets"]?.array?.compactMap { $0["doc_count"]?.decimal.map { Int($0) } } ?? []
            #expect(counts.count == 4 && counts.allSatisfy { (700...1300).contains($0) && $0 % 4 == 0 })
            #expect(counts.reduce(0, +) == 4 * count)
            #expect(abs((sample?["sum"]?["value"]?.decimal ?? 0) - 6000) < 900 && abs((sample?["avg"]?["value"]?.decimal ?? 0) - 1.5) < 0.2)
            let again = try await sampled(#""probability":0.25,"seed":3"#), other = try await sampled(#""probability":0.25,"seed":4"#)
            #expect(again == sample && other != sample)
            #expect(try await sampled(#""probability":1"#)?["n"]?["buckets"]?.array?.map { $0["doc_count"] } == [1000, 1000, 1000, 1000])
        }
    }

    @Test func textsThatStandTwiceAreNotSignificant() async throws {
        try await withServer { client in
            #expect(try await client.send("PUT", "/i", #"{"mappings":{"properties":{"t":{"type":"text"},"k":{"type":"keyword"}}}}"#).status == 200)
            let copied = "this notice was sent to every reader of our fine list"
            var documents = (0..<6).map { #"{"k":"a","t":"storm of \#($0) \#(copied)"}"# }
            documents += (0..<20).map { #"{"k":"b","t":"calm day number \#($0)"}"# }
            try await bulk(client, "i", documents)
            func keys(_ options: String) async throws -> [String] {
                let body = #"{"size":0,"query":{"term":{"k":"a"}},"aggs":{"s":{"significant_text":{"field":"t","size":30\#(options)}}}}"#
                return try await search(client, "i", body)["aggregations"]?["s"]?["buckets"]?.array?.compactMap { $0["key"]?.string } ?? []
            }
            #expect(try await keys("").contains("notice"))
            let distinct = try await keys(#","filter_duplicate_text":true"#)
            #expect(distinct.contains("storm") && !distinct.contains("notice"))
        }
    }

    // MARK: Requests

    @Test func shardsOfAPreferenceAndTimes() async throws {
        try await withServer { client in
            #expect(try await client.send("PUT", "/i", #"{"settings":{"number_of_shards":3}}"#).status == 200)
            try await bulk(client, "i", (0..<30).map { #"{"n":\#($0)}"# })
            var seen = 0
            for shard in 0..<3 {
                let found = try await client.send("GET", "/i/_search?preference=_shards:\(shard)%7C_local").json
                #expect(found["_shards"]?["total"] == 1)
                seen += found["hits"]?["total"]?["value"]?.decimal.map { Int($0) } ?? 0
            }
            #expect(seen == 30)
            #expect(try await client.send("GET", "/i/_search?preference=_none").status == 400)
            #expect(try await client.send("GET", "/i/_search?preference=session1").json["_shards"]?["total"] == 3)
            for late in ["/i/_search?timeout=0ms", "/i/_search?timeout=1nanos"] {
                let found = try await client.send("POST", late, #"{"aggs":{"a":{"max":{"field":"n"}}}}"#).json
                #expect(found["timed_out"] == true && found["hits"]?["total"]?["value"] == 0)
            }
            #expect(try await client.send("POST", "/i/_search?allow_partial_search_results=false", #"{"timeout":"1nanos"}"#).status == 504)
            for enough in [#"{"timeout":"1m"}"#, #"{"timeout":"-1"}"#, "{}"] {
                #expect(try await search(client, "i", enough)["timed_out"] == false)
            }
        }
    }

    @Test func namedQueriesWithScoresAndPinnedDocuments() async throws {
        try await withServer { client in
            #expect(try await client.send("PUT", "/i", #"{"mappings":{"properties":{"t":{"type":"text"},"n":{"type":"integer"}}}}"#).status == 200)
            try await bulk(client, "i", [#"{"t":"red","n":1}"#, #"{"t":"red red","n":2}"#, #"{"t":"blue","n":3}"#])
            let named = #"{"query":{"bool":{"should":[{"match":{"t":{"query":"red","_name":"a"}}},{"term":{"n":{"value":1,"boost":3,"_name":"b"}}}]}}}"#
            let hit = try await client.send("POST", "/i/_search?include_named_queries_score=true", named).json["hits"]?["hits"]?.array?.first
            let (a, b) = (hit?["matched_queries"]?["a"]?.decimal ?? 0, hit?["matched_queries"]?["b"]?.decimal ?? 0)
            #expect(hit?["_id"] == "1" && b == 3 && abs(a + b - (hit?["_score"]?.decimal ?? 0)) < 1e-5)
            let plain = try await hits(client, "i", named)
            #expect(plain.first?["matched_queries"] == ["a", "b"])
            let pinned = #"{"pinned":{"ids":["3","1"],"organic":{"match":{"t":"red"}}}}"#
            #expect(try await hits(client, "i", #"{"query":\#(pinned)}"#).map { $0["_id"] } == ["3", "1", "2"])
            // One that is named twice stays where it is, and a boost is for the others.
            let twice = #"{"pinned":{"ids":["3","3","1"],"boost":2,"organic":{"match_all":{}}}}"#
            #expect(try await hits(client, "i", #"{"query":\#(twice)}"#).prefix(2).map { $0["_id"] } == ["3", "1"])
            #expect(try await hits(client, "i", #"{"query":\#(twice)}"#).allSatisfy { $0["_score"] != .null })
            let documents = #"{"pinned":{"docs":[{"_index":"i","_id":"2"},{"_index":"other","_id":"3"},{"_id":"1"}],"organic":{"match_all":{}}}}"#
            #expect(try await hits(client, "i", #"{"query":\#(documents)}"#).map { $0["_id"] } == ["2", "1", "3"])
            for wrong in [#"{"pinned":{"ids":["1"]}}"#, #"{"pinned":{"organic":{"match_all":{}}}}"#, #"{"pinned":{"ids":["1"],"docs":[{"_id":"1"}],"organic":{"match_all":{}}}}"#] {
                #expect(try await client.send("POST", "/i/_search", #"{"query":\#(wrong)}"#).status == 400)
            }
            for (count, status) in [(0, 400), (1, 200), (100, 200), (101, 400)] {
                let ids = Array(repeating: #""1""#, count: count).joined(separator: ",")
                let answer = try await client.send("POST", "/i/_search", #"{"query":{"pinned":{"ids":[\#(ids)],"organic":{"match_all":{}}}}}"#)
                #expect(answer.status == status, "\(count)")
            }
        }
    }

    // MARK: Similarities

    @Test func similaritiesByScripts() async throws {
        try await withServer { client in
            let own = #"{"type":"scripted","weight_script":{"source":"double idf = Math.log((field.docCount+1.0)/(term.docFreq+1.0)) + 1.0; return query.boost * idf;"},"script":{"source":"double tf = Math.sqrt(doc.freq); double norm = 1/Math.sqrt(doc.length); return weight * tf * norm;"}}"#
            let settings = #"{"settings":{"similarity":{"own":\#(own)}},"mappings":{"properties":{"t":{"type":"text","similarity":"own"}}}}"#
            #expect(try await client.send("PUT", "/i", settings).status == 200)
            try await bulk(client, "i", [#"{"t":"foo bar foo"}"#, #"{"t":"bar baz"}"#])
            let found = try await hits(client, "i", #"{"explain":true,"query":{"match":{"t":{"query":"foo","boost":2}}}}"#)
            // 2 · (ln(3 / 2) + 1) · √2 / √3
            #expect(abs((found.first?["_score"]?.decimal ?? 0) - 2.2951) < 1e-3 && found.count == 1)
            #expect(found.first?["_explanation"]?["value"] == found.first?["_score"])
            for wrong in [#"{"type":"scripted"}"#, #"{"type":"scripted","script":{"source":"nothing.x"}}"#, #"{"type":"scripted","script":{"source":"return"}}"#] {
                #expect(try await client.send("PUT", "/j", #"{"settings":{"similarity":{"own":\#(wrong)}}}"#).status == 400, "\(wrong)")
            }
        }
    }

    /// Two words in one place make a text longer only where that is said.
    @Test func wordsInOnePlaceMayCount() async throws {
        try await withServer { client in
            let analysis = #""analysis":{"filter":{"same":{"type":"synonym","synonyms":["big, large, huge"]}},"analyzer":{"same":{"tokenizer":"whitespace","filter":["same"]}}}"#
            let settings = #"{"settings":{\#(analysis),"similarity":{"all":{"type":"BM25","discount_overlaps":false}}},"mappings":{"properties":{"a":{"type":"text","analyzer":"same","similarity":"all"},"b":{"type":"text","analyzer":"same"}}}}"#
            #expect(try await client.send("PUT", "/i", settings).status == 200)
            try await bulk(client, "i", [#"{"a":"big dog","b":"big dog"}"#, #"{"a":"old dog","b":"old dog"}"#])
            for (field, isSame) in [("a", false), ("b", true)] {
                let scores = try await hits(client, "i", #"{"query":{"match":{"\#(field)":"dog"}}}"#).map { $0["_score"] }
                #expect(scores.count == 2 && (scores[0] == scores[1]) == isSame, "\(field)")
            }
        }
    }

    @Test func whatHitsShowOfOddFields() async throws {
        try await withServer { client in
            let mapping = #"{"mappings":{"properties":{"s":{"type":"sparse_vector"},"p":{"type":"geo_point","ignore_malformed":true},"n":{"type":"long"},"k":{"type":"keyword"}}}}"#
            #expect(try await client.send("PUT", "/i", mapping).status == 200)
            #expect(try await client.send("PUT", "/i/_doc/1?refresh=true", #"{"s":{},"p":[182.5,20],"n":2,"k":"a"}"#).status == 201)
            #expect(try await client.send("PUT", "/i/_doc/2?refresh=true", #"{"p":"x","n":3,"k":"a"}"#).status == 201)
            let exists = try await client.send("POST", "/i/_search", #"{"query":{"exists":{"field":"s"}},"docvalue_fields":["p"]}"#).json["hits"]?["hits"]?.array ?? []
            #expect(exists.map { $0["_id"] } == ["1"] && exists.first?["_ignored"] == nil)
            #expect(try await client.send("POST", "/i/_search", #"{"query":{"geo_distance":{"distance":"1km","p":{"lat":20,"lon":-177.5}}}}"#).json["hits"]?["total"]?["value"] == 1)
            let top = #"{"size":0,"aggs":{"k":{"terms":{"field":"k"},"aggs":{"t":{"top_hits":{"sort":"n","script_fields":{"d":{"script":"doc.n.value*2"}}}}}}}}"#
            let hits = try await client.send("POST", "/i/_search", top).json["aggregations"]?["k"]?["buckets"]?.array?.first?["t"]?["hits"]?["hits"]?.array ?? []
            #expect(hits.map { $0["fields"]?["d"] ?? .null } == [[4], [6]] as [JSONValue] && hits.first?["_source"] == nil)

            #expect(try await client.send("PUT", "/j", #"{"mappings":{"_source":{"enabled":false},"properties":{"k":{"type":"keyword"}}}}"#).status == 200)
            #expect(try await client.send("PUT", "/j/_doc/1?refresh=true", #"{"k":"a"}"#).status == 201)
            let refused = try await client.send("POST", "/j/_search", #"{"fields":["k"]}"#)
            #expect(refused.status == 400)
            #expect(refused.json["error"]?["root_cause"]?.array?.first?["reason"] == "Unable to retrieve the requested [fields] since _source is disabled in the mappings for index [j]")
            #expect(try await client.send("POST", "/j/_search", #"{"docvalue_fields":["k"]}"#).json["hits"]?["hits"]?.array?.first?["fields"]?["k"] == ["a"])
        }
    }

    @Test func randomScoresOfAFieldAreItsValues() async throws {
        try await withServer { client in
            #expect(try await client.send("PUT", "/i", #"{"mappings":{"properties":{"k":{"type":"keyword"},"n":{"type":"double"},"t":{"type":"text"}}}}"#).status == 200)
            for (id, document) in [#"{"k":"a","n":1,"t":"x"}"#, #"{"k":"b","n":2}"#, #"{"k":"a","n":2.5}"#, "{}", "{}"].enumerated() {
                #expect(try await client.send("PUT", "/i/_doc/\(id)?refresh=true", document).status == 201)
            }
            func scores(_ field: String) async throws -> [Double] {
                let body = #"{"query":{"function_score":{"random_score":{"seed":7,"field":"\#(field)"}}}}"#
                let hits = try await client.send("POST", "/i/_search", body).json["hits"]?["hits"]?.array ?? []
                return hits.sorted { ($0["_id"]?.string ?? "") < ($1["_id"]?.string ?? "") }.compactMap { $0["_score"]?.decimal }
            }
            let keywords = try await scores("k"), numbers = try await scores("n"), documents = try await scores("_seq_no")
            #expect(keywords.count == 5 && keywords[0] == keywords[2] && keywords[0] != keywords[1] && keywords[3] == keywords[4])
            #expect(Set(numbers).count == 4 && Set(documents).count == 5)
            #expect(try await client.send("POST", "/i/_search", #"{"query":{"function_score":{"random_score":{"seed":7,"field":"t"}}}}"#).status == 400)
        }
    }
}

extension JSONValue {
    fileprivate var decimal: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        case .float(let value): Double(value)
        default: nil
        }
    }
}
