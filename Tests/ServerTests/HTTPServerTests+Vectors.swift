import Foundation
import JSON
import Testing

@testable import Server

/// What clients see of vector fields: element types, index options, profiles, force merges.
extension HTTPServerTests {
    private func ids(_ answer: Answer) -> [String] {
        answer.json["hits"]?["hits"]?.array?.compactMap { $0["_id"]?.string } ?? []
    }

    private func scores(_ answer: Answer) -> [Double] {
        answer.json["hits"]?["hits"]?.array?.compactMap { hit in
            if case .double(let score) = hit["_score"] { score } else { nil }
        } ?? []
    }

    private func reason(_ answer: Answer) -> String { answer.json["error"]?["reason"]?.string ?? answer.text }

    /// The data of search.vectors/45_knn_search_byte.yml.
    @Test func byteVectors() async throws {
        try await withServer { client in
            let mapping = #"{"mappings":{"properties":{"v":{"type":"dense_vector","element_type":"byte","dims":5,"similarity":"cosine"}}}}"#
            #expect(try await client.send("PUT", "/b", mapping).status == 200)
            for (id, vector) in [("1", "[2,-1,1,4,-3]"), ("2", "[127.0,-128.0,0.0,1.0,-1.0]"), ("3", #""050403027f""#)] {
                #expect(try await client.send("PUT", "/b/_doc/\(id)?refresh=true", #"{"v":\#(vector)}"#).status == 201)
            }
            let nearest = try await client.send(
                "POST", "/b/_search", #"{"knn":{"field":"v","query_vector":[127,127,-128,-128,127],"k":2,"num_candidates":3}}"#)
            #expect(ids(nearest) == ["3", "2"])
            // Hexadecimal and base64 of the same bytes.
            for text in ["7f7f80807f", "f3+AgH8="] {
                let found = try await client.send(
                    "POST", "/b/_search", #"{"knn":{"field":"v","query_vector":"\#(text)","k":2,"num_candidates":3}}"#)
                #expect(ids(found) == ["3", "2"] && scores(found) == scores(nearest))
            }
            let rescored = try await client.send(
                "POST", "/b/_search",
                #"{"knn":{"field":"v","query_vector":[127,127,-128,-128,127],"k":2,"num_candidates":3,"rescore_vector":{"oversample":1.5}}}"#)
            #expect(ids(rescored) == ["3", "2"] && scores(rescored) == scores(nearest))
            let exact = try await client.send(
                "POST", "/b/_search",
                #"{"query":{"script_score":{"query":{"match_all":{}},"script":{"source":"cosineSimilarity(params.q, 'v') + 1.0","params":{"q":"050403027f"}}}}}"#)
            #expect(ids(exact).first == "3" && abs((scores(exact).first ?? 0) - 2) < 1e-6)
            for (vector, expected) in [
                ("[1,2,3,4,128]", "only support integers between [-128, 127] but found [128] at dim [4]"),
                ("[1,2.5,3,4,5]", "only support non-decimal values but found decimal value [2.5] at dim [1]"),
                ("[1,2]", "has a different number of dimensions [2] than defined in the mapping [5]"),
                ("[0,0,0,0,0]", "does not support vectors with zero magnitude. Preview of invalid vector: [0, 0, 0, 0, 0, ...]"),
                (#""no vector""#, "must be a valid base64 or hex string"),
            ] {
                let refused = try await client.send("PUT", "/b/_doc/9", #"{"v":\#(vector)}"#)
                #expect(refused.status == 400 && reason(refused).contains(expected), "\(refused.text)")
            }
            let query = try await client.send("POST", "/b/_search", #"{"knn":{"field":"v","query_vector":[1,2,3,4,1.5],"k":1}}"#)
            #expect(query.status == 400 && query.text.contains("found decimal value [1.5] at dim [4]; Preview of invalid vector: [1.0, 2.0, 3.0, 4.0, 1.5, ...]"))
        }
    }

    @Test func bitVectors() async throws {
        try await withServer { client in
            let mapping = #"{"mappings":{"properties":{"v":{"type":"dense_vector","element_type":"bit","dims":16,"index_options":{"type":"flat"}}}}}"#
            #expect(try await client.send("PUT", "/b", mapping).status == 200)
            for (id, vector) in [("1", "[0,0]"), ("2", #""ff00""#), ("3", "[-1,-1]")] {
                #expect(try await client.send("PUT", "/b/_doc/\(id)?refresh=true", #"{"v":\#(vector)}"#).status == 201)
            }
            let found = try await client.send(
                "POST", "/b/_search", #"{"knn":{"field":"v","query_vector":"ff01","k":3,"num_candidates":3}}"#)
            #expect(ids(found) == ["2", "3", "1"] && scores(found) == [15.0 / 16, 9.0 / 16, 7.0 / 16])
            let near = try await client.send(
                "POST", "/b/_search", #"{"knn":{"field":"v","query_vector":[-1,1],"k":3,"num_candidates":3,"similarity":1}}"#)
            #expect(ids(near) == ["2"])
            let script = try await client.send(
                "POST", "/b/_search",
                #"{"query":{"script_score":{"query":{"match_all":{}},"script":{"source":"1 / (1 + l2norm(params.q, 'v'))","params":{"q":[-1,0]}}}}}"#)
            #expect(ids(script).first == "2" && scores(script).first == 1)
            let cosine = try await client.send(
                "POST", "/b/_search",
                #"{"query":{"script_score":{"query":{"match_all":{}},"script":{"source":"cosineSimilarity(params.q, 'v') + 1.0","params":{"q":[-1,0]}}}}}"#)
            #expect(cosine.status == 400 && cosine.text.contains("cosineSimilarity is not supported for bit vectors"))
            let refused = try await client.send("PUT", "/b/_doc/9", #"{"v":[1]}"#)
            #expect(refused.status == 400 && reason(refused).contains("number of dimensions [8] than defined in the mapping [16]"))
        }
    }

    @Test func vectorsInBase64() async throws {
        try await withServer { client in
            let mapping = #"{"mappings":{"properties":{"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm"},"h":{"type":"dense_vector","element_type":"bfloat16","dims":2,"similarity":"l2_norm","index_options":{"type":"hnsw"}}}}}"#
            #expect(try await client.send("PUT", "/f", mapping).status == 200)
            // [1, -2] as big-endian floats, and as bfloat16.
            let written = try await client.send("PUT", "/f/_doc/1?refresh=true", #"{"v":"P4AAAMAAAAA=","h":"P4DAAA=="}"#)
            #expect(written.status == 201, "\(written.text)")
            for field in ["v", "h"] {
                for vector in ["[1,-2]", #""P4AAAMAAAAA=""#] {
                    let found = try await client.send(
                        "POST", "/f/_search", #"{"knn":{"field":"\#(field)","query_vector":\#(vector),"k":1},"fields":["\#(field)"]}"#)
                    #expect(ids(found) == ["1"] && scores(found) == [1], "\(found.text)")
                    #expect(found.text.contains(#""fields":{"\#(field)":[1.0,-2.0]}"#))
                }
            }
        }
    }

    @Test(arguments: [
        (#"{"type":"dense_vector","element_type":"half"}"#, "invalid element_type [half]; available types are [float, bfloat16, byte, bit]"),
        (#"{"type":"dense_vector","element_type":"bit","dims":20}"#, "The number of dimensions for should be a multiple of 8 but was [20]"),
        (#"{"type":"dense_vector","element_type":"bit","dims":16,"similarity":"cosine"}"#, "The [l2_norm] similarity is the only supported similarity for bit vectors"),
        (#"{"type":"dense_vector","element_type":"byte","dims":3,"index_options":{"type":"int8_flat"}}"#, "[element_type] cannot be [byte] when using index type [int8_flat]"),
        (#"{"type":"dense_vector","dims":64,"index_options":{"type":"bbq_hnsw","rescore_vector":{"oversample":0.5}}}"#, "oversample must be greater than 1 or exactly 0"),
        (#"{"type":"dense_vector","dims":63,"index_options":{"type":"bbq_hnsw"}}"#, "bbq_hnsw does not support dimensions fewer than 64; provided=63"),
    ])
    func mappingsThatAreRefused(field: String, expected: String) async throws {
        try await withServer { client in
            let refused = try await client.send("PUT", "/r", #"{"mappings":{"properties":{"v":\#(field)}}}"#)
            #expect(refused.status == 400 && reason(refused).hasSuffix(expected), "\(refused.text)")
        }
    }

    @Test func indexTypesAreUpgraded() async throws {
        try await withServer { client in
            func options(_ type: String, m: Int = 16) -> String {
                let links = type.hasSuffix("hnsw") ? #","m":\#(m)"# : ""
                return #"{"properties":{"v":{"type":"dense_vector","dims":64,"index_options":{"type":"\#(type)"\#(links)}}}}"#
            }
            #expect(try await client.send("PUT", "/u", #"{"mappings":\#(options("flat"))}"#).status == 200)
            for type in ["int8_flat", "int4_flat", "bbq_flat", "hnsw", "int8_hnsw", "int4_hnsw", "bbq_hnsw", "bbq_disk"] {
                let upgraded = try await client.send("PUT", "/u/_mapping", options(type))
                #expect(upgraded.status == 200, "\(type): \(upgraded.text)")
            }
            let back = try await client.send("PUT", "/u/_mapping", options("hnsw"))
            #expect(back.status == 400 && reason(back).contains("Cannot update parameter [index_options]"))
            _ = try await client.send("PUT", "/m", #"{"mappings":\#(options("hnsw"))}"#)
            #expect(try await client.send("PUT", "/m/_mapping", options("int8_hnsw", m: 8)).status == 400)
            #expect(try await client.send("PUT", "/m/_mapping", options("int8_hnsw", m: 32)).status == 200)
        }
    }

    @Test(arguments: [1, 3])
    func profiles(shards: Int) async throws {
        try await withServer { client in
            let body = #"{"settings":{"number_of_shards":\#(shards)},"mappings":{"properties":{"v":{"type":"dense_vector","dims":2,"index_options":{"type":"hnsw"}}}}}"#
            _ = try await client.send("PUT", "/p", body)
            for id in 1...20 { _ = try await client.send("PUT", "/p/_doc/\(id)", #"{"v":[\#(id),1]}"#) }
            _ = try await client.send("POST", "/p/_refresh")
            let found = try await client.send(
                "POST", "/p/_search",
                #"{"profile":true,"knn":{"field":"v","query_vector":[1,1],"k":5,"num_candidates":10},"query":{"knn":{"field":"v","query_vector":[1,1],"k":2}}}"#)
            let profiles = try #require(found.json["profile"]?["shards"]?.array)
            #expect(profiles.count == shards)
            var compared = 0
            for (number, shard) in profiles.enumerated() {
                #expect(shard["index"]?.string == "p" && shard["shard_id"] == .int(number))
                #expect(shard["id"]?.string?.hasSuffix("[p][\(number)]") == true)
                for part in [shard["dfs"]?["knn"]?.array?.first, shard["searches"]?.array?.first] {
                    guard case .int(let operations) = part?["vector_operations_count"] else { continue }
                    compared += operations
                    let work = part?["query"]?.array?.first?["debug"]?["vector_searches"]?.array?.first
                    #expect(work?["strategy"]?.string == "exact" && work?["field"]?.string == "v")
                    #expect(work?["predicted_cost"]?["graph"] != nil && work?["predicted_cost"]?["exact"] != nil)
                    #expect(part?["rewrite_time"] != nil && part?["collector"]?.array?.first?["time_in_nanos"] != nil)
                    #expect(part?["query"]?.array?.first?["breakdown"]?["next_doc_count"] != nil)
                }
                #expect(shard["aggregations"] == .array([]) && shard["searches"]?.array?.count == 1)
            }
            #expect(compared == 40)
            let plain = try await client.send("POST", "/p/_search", #"{"profile":false}"#)
            #expect(plain.json["profile"] == nil)
        }
    }

    @Test func forceMerges() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/m", #"{"mappings":{"properties":{"v":{"type":"dense_vector","dims":2}}}}"#)
            for id in 1...5 { _ = try await client.send("PUT", "/m/_doc/\(id)", #"{"v":[\#(id),1]}"#) }
            _ = try await client.send("DELETE", "/m/_doc/1?refresh=true")
            for parameters in ["?max_num_segments=1", "", "?only_expunge_deletes=true", "?flush=false"] {
                let merged = try await client.send("POST", "/m/_forcemerge" + parameters)
                #expect(merged.status == 200)
                #expect(merged.text == #"{"_shards":{"total":1,"successful":1,"failed":0}}"#)
            }
            let statistics = try await client.send("GET", "/m/_stats")
            #expect(statistics.json["_all"]?["primaries"]?["docs"]?["deleted"] == 0)
            let found = try await client.send("POST", "/m/_search", #"{"knn":{"field":"v","query_vector":[1,1],"k":5}}"#)
            #expect(ids(found).count == 4)
            let both = try await client.send("POST", "/m/_forcemerge?max_num_segments=1&only_expunge_deletes=true")
            #expect(both.status == 400 && reason(both).contains("mutually exclusive"))
            #expect(try await client.send("POST", "/m/_forcemerge?max_num_segments=0").status == 400)
        }
    }

    @Test func vectorsInScripts() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/i", #"{"mappings":{"properties":{"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm"}}}}"#)
            _ = try await client.send("PUT", "/i/_doc/1?refresh=true", #"{"v":[3,4]}"#)
            _ = try await client.send("PUT", "/i/_doc/2?refresh=true", "{}")
            func search(_ script: String) async throws -> Answer {
                try await client.send(
                    "POST", "/i/_search",
                    #"{"sort":"_doc","query":{"script_score":{"query":{"match_all":{}},"script":{"source":"\#(script)"}}},"track_scores":true}"#)
            }
            let found = try await search("DenseVector v = field('v').get(); return v.isEmpty() ? v.size() : v.size() + v.magnitude + v.getDims()")
            #expect(scores(found) == [8, 0])
            for (script, reason) in [
                ("field('v').get().vector[0]", "Dense vector value missing for a field, use isEmpty() to check for a missing vector value"),
                ("float s = 0; for (def x : field('v')) { s += x } return s", "Cannot iterate over single valued dense_vector field, use get() instead"),
            ] {
                let cause = try await search(script).json["error"]?["failed_shards"]?.array?.first?["reason"]?["caused_by"]
                #expect(cause?["reason"]?.string == reason)
            }
        }
    }
}
