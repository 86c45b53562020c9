import Indices
import JSON
import TestSupport
import Testing

@testable import ElasticsearchAPI

/// Bodies damaged at random are answered or refused; they never stop the program.
@Suite struct MutationTests {
    private static let searches = [
        #"{"query":{"bool":{"must":[{"term":{"a":{"value":1,"boost":2}}}],"should":null,"minimum_should_match":1}},"size":5}"#,
        #"{"knn":[{"field":"v","query_vector":[1,2.5,-3e4],"k":5,"num_candidates":10,"filter":{"ids":{"values":[1]}}}],"_source":["a"]}"#,
        #"{"query":{"script_score":{"query":{"range":{"d":{"gte":"now","lt":null}}},"script":{"source":"cosineSimilarity(params.q, 'f') + 1.0","params":{"q":[1]}}}}}"#,
        #"{"sort":["_doc",{"a":{"order":"desc","missing":1}}],"search_after":[1,"x"],"pit":{"id":"x","keep_alive":"1m"},"size":1}"#,
        #"{"query":{"terms":{"f":{"index":"i","id":"1","path":"a.b"}}},"stored_fields":["a"],"_source":{"exclude_vectors":true}}"#,
        #"{"retriever":{"rrf":{"retrievers":[{"knn":{"field":"v","query_vector":[1],"k":1,"num_candidates":2}},{"retriever":{"standard":{"sort":["a"]}},"weight":2}]}},"post_filter":{"match_all":{}},"slice":{"id":0,"max":2},"indices_boost":[{"a":2}]}"#,
        #"{"rescore":[{"window_size":3,"query":{"rescore_query":{"match_all":{}},"score_mode":"max"}}],"collapse":{"field":"k","inner_hits":{"name":"x","size":1}},"rank":{"rrf":{}}}"#,
        #"{"fields":["a",{"field":"b","format":"x"}],"_source":{"includes":["a"],"excludes":"b"},"track_total_hits":100,"timeout":"5s"}"#,
    ]
    private static let bulk = "{\"index\":{\"_id\":\"1\",\"routing\":\"x\"}}\n{\"a\":[1,2]}\n{\"delete\":{\"_id\":2}}\n"
        + "{\"update\":{\"_id\":\"3\",\"retry_on_conflict\":2,\"_source\":[\"a\"]}}\n{\"doc\":{\"a\":1},\"upsert\":{}}\n"
    private static let multiSearch = "{\"index\":[\"a\"],\"routing\":\"r\"}\n{\"query\":{\"match_all\":{}}}\n{}\n{\"size\":1}\n"
    private static let multiGet = #"{"docs":[{"_id":"1","_source":{"includes":"a"},"version":3},{"_index":"j","_id":2}]}"#
    private static let reindex =
        #"{"source":{"index":["a"],"size":5,"remote":{"host":"http://h:9200/p","headers":{"a":"b"}}},"dest":{"index":"d","routing":"=x"},"max_docs":3}"#
    private static let infer = #"{"docs":[{"text_field":"a cat"}],"inference_config":{"text_embedding":{"results_field":"x"}}}"#

    @Test(arguments: 0..<8)
    func damagedBodies(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            for text in Self.searches {
                let body = mutated(text, &generator)
                check { () throws(ElasticsearchError) in
                    try SearchRequest(body: body, parameters: QueryParameters()).search
                }
            }
            let lines = mutated(Self.bulk, &generator)
            check { () throws(ElasticsearchError) in try BulkRequest(body: lines, defaults: .init(index: "i")).items }
            let searches = mutated(Self.multiSearch, &generator)
            check { () throws(ElasticsearchError) in
                try MultiSearchRequest(body: searches, index: "i", parameters: QueryParameters())
            }
            let wanted = mutated(Self.multiGet, &generator)
            check { () throws(ElasticsearchError) in
                try MultiGetRequest(body: wanted, index: "i", parameters: QueryParameters())
            }
            let copy = mutated(Self.reindex, &generator)
            check { () throws(ElasticsearchError) in try ReindexRequest(body: copy, QueryParameters()) }
            let documents = mutated(Self.infer, &generator)
            check { () throws(ElasticsearchError) in try InferRequest(body: documents, parameters: QueryParameters()) }
        }
    }

    private func check<Value>(_ decode: () throws(ElasticsearchError) -> Value) {
        do {
            _ = try decode()
        } catch {
            #expect(error.status == 400)
            #expect(!error.json.serialized().isEmpty)
        }
    }

    /// Swaps, deletes, doubles and overwrites stretches of bytes.
    private func mutated(_ text: String, _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(text.utf8)
        let alphabet = Array("{}[]\",:0123456789.-+etrufalsn \n\\é\u{0}".utf8)
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let position = Int.random(in: 0..<bytes.count, using: &generator)
            let length = min(Int.random(in: 1...8, using: &generator), bytes.count - position)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes[position] = alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            case 1: bytes.removeSubrange(position..<(position + length))
            case 2: bytes.insert(contentsOf: bytes[position..<(position + length)], at: position)
            default: bytes.swapAt(position, Int.random(in: 0..<bytes.count, using: &generator))
            }
        }
        return bytes
    }
}
