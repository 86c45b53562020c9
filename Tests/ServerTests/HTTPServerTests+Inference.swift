import Foundation
import JSON
import TestSupport
import Testing

@testable import Server

/// Inference endpoints, and what searches ask of them, with a model small enough for a test.
extension HTTPServerTests {
    private static let small = Repository.fixtures + "/reference-small"

    private static func uri(_ name: String) throws -> String {
        "data:image/png;base64," + (try Data(contentsOf: URL(filePath: "\(small)/images/\(name)")).base64EncodedString())
    }

    private static let settings = #"{"service":"clipsearch","service_settings":{"model_id":"clip"}}"#

    private func withModels(_ body: @escaping @Sendable (Client) async throws -> Void) async throws {
        try await withServer(models: [Self.small]) { client in try await body(client) }
    }

    @Test func endpointsAreMadeChangedAndDeleted() async throws {
        try await withModels { client in
            #expect(try await client.send("GET", "/_inference").text == #"{"endpoints":[]}"#)
            let made = try await client.send("PUT", "/_inference/embedding/pictures", Self.settings)
            #expect(made.status == 200 && made.json["task_type"] == "embedding")
            #expect(made.json["service_settings"]?["similarity"] == "cosine" && made.json["service_settings"]?["dimensions"] != nil)
            let again = try await client.send("PUT", "/_inference/embedding/pictures", Self.settings)
            #expect(again.status == 400 && again.json["error"]?["type"] == "resource_already_exists_exception")
            #expect(again.json["error"]?["reason"] == "Inference endpoint [pictures] already exists")
            let words = #"{"task_type":"text_embedding","service":"elasticsearch","service_settings":{"model_id":"clip","num_threads":1,"num_allocations":1}}"#
            #expect(try await client.send("PUT", "/_inference/words", words).status == 200)
            #expect(try await client.send("PUT", "/_inference/embedding/clip", Self.settings).status == 400)
            #expect(try await client.send("PUT", "/_inference/embedding/.clip-clipsearch", Self.settings).status == 400)
            let unknown = try await client.send(
                "PUT", "/_inference/embedding/x", #"{"service":"clipsearch","service_settings":{"model_id":"zz"}}"#)
            #expect(unknown.json["error"]?["reason"]?.string?.contains("Was [zz]") == true)

            func ids(_ path: String) async throws -> [String] {
                try await client.send("GET", path).json["endpoints"]?.array?.compactMap { $0["inference_id"]?.string } ?? []
            }
            #expect(try await ids("/_inference") == [".clip-clipsearch", "pictures", "words"])
            #expect(try await ids("/_inference/_all") == [".clip-clipsearch", "pictures", "words"])
            #expect(try await ids("/_inference/text_embedding/_all") == ["words"])
            #expect(try await ids("/_inference/embedding/pictures") == ["pictures"])
            #expect(try await client.send("GET", "/_inference/text_embedding/pictures").status == 400)

            let updated = try await client.send(
                "PUT", "/_inference/embedding/pictures/_update", #"{"service_settings":{"num_allocations":2}}"#)
            #expect(updated.json["service_settings"]?["num_allocations"] == 2)
            #expect(try await client.send("GET", "/_inference/pictures").json["endpoints"]?.array?.first == updated.json)

            let pipeline = #"{"processors":[{"foreach":{"field":"a","processor":{"inference":{"model_id":"pictures","input_output":{"input_field":"a","output_field":"b"}}}}}]}"#
            #expect(try await client.send("PUT", "/_ingest/pipeline/p", pipeline).status == 200)
            let tried = try await client.send("DELETE", "/_inference/pictures?dry_run=true")
            #expect(tried.json["acknowledged"] == false && tried.json["pipelines"] == ["p"])
            let refused = try await client.send("DELETE", "/_inference/embedding/pictures")
            #expect(refused.status == 409 && refused.json["error"]?["reason"]?.string?.contains("is referenced by pipelines: [p].") == true)
            #expect(try await client.send("DELETE", "/_inference/text_embedding/pictures").status == 400)
            #expect(try await client.send("DELETE", "/_inference/.clip-clipsearch").status == 400)
            #expect(
                try await client.send("DELETE", "/_inference/pictures?force=true").text
                    == #"{"acknowledged":true,"pipelines":[],"indexes":[]}"#)
            #expect(try await client.send("DELETE", "/_inference/pictures").status == 404)
        }
    }

    /// An answer is many times as long as its request, so requests are bounded.
    @Test func requestsHaveSoManyInputs() async throws {
        try await withModels { client in
            #expect(try await client.send("PUT", "/_inference/embedding/pictures", Self.settings).status == 200)
            let many = Array(repeating: "\"\"", count: 10_001).joined(separator: ",")
            let contents = Array(repeating: #"{"type":"text","value":"a"}"#, count: 10_001).joined(separator: ",")
            let documents = Array(repeating: #"{"text_field":"a"}"#, count: 10_001).joined(separator: ",")
            for (path, body) in [
                ("/_inference/pictures", #"{"input":[\#(many)]}"#), ("/_inference/pictures", #"{"input":[{"content":[\#(contents)]}]}"#),
                ("/_ml/trained_models/clip/_infer", #"{"docs":[\#(documents)]}"#),
            ] {
                let answer = try await client.send("POST", path, body)
                #expect(answer.status == 400 && answer.text.contains("[10000] inputs at most"), "\(answer.text.prefix(300))")
            }
        }
    }

    @Test func endpointsAskTheDeploymentThatTheyName() async throws {
        try await withModels { client in
            let settings = #"{"service":"elasticsearch","service_settings":{"deployment_id":"other","model_id":"clip"}}"#
            let missing = try await client.send("PUT", "/_inference/text_embedding/words", settings)
            #expect(missing.status == 404)
            #expect(try await client.send("POST", "/_ml/trained_models/clip/deployment/_start?deployment_id=other").status == 200)
            #expect(try await client.send("PUT", "/_inference/TEXT_EMBEDDING/words", settings).status == 200)
            #expect(try await client.send("GET", "/_inference/Text_Embedding/words").json["endpoints"]?.array?.count == 1)
            #expect(try await client.send("POST", "/_inference/TEXT_EMBEDDING/words", #"{"input":"a"}"#).status == 200)
            #expect(try await client.send("POST", "/_ml/trained_models/other/deployment/_stop?force=true").status == 200)
            #expect(try await client.send("POST", "/_inference/words", #"{"input":"a"}"#).status != 200)
        }
    }

    /// Both find nothing there and wait for the model; only one may be told that it made the endpoint.
    @Test func ofTwoAtATimeOneIsMade() async throws {
        try await withModels { client in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 {
                    group.addTask { try await client.send("PUT", "/_inference/embedding/one", Self.settings).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [200, 400, 400, 400, 400, 400])
        }
    }

    @Test func endpointsMakeVectors() async throws {
        try await withModels { client in
            #expect(try await client.send("PUT", "/_inference/embedding/e", Self.settings).status == 200)
            #expect(try await client.send("PUT", "/_inference/text_embedding/t", Self.settings).status == 200)
            let texts = try await client.send("POST", "/_inference/text_embedding/t", #"{"input":["a","b"],"input_type":"search"}"#)
            let word = try #require(texts.json["text_embedding"]?.array?.first?["embedding"])
            #expect(texts.json["text_embedding"]?.array?.count == 2)
            let image = #"{"type":"image","format":"base64","value":"\#(try Self.uri("png_rgb.png"))"}"#
            let mixed = try await client.send(
                "POST", "/_inference/e",
                #"{"input":["a",{"content":\#(image)},{"content":[{"type":"text","value":"a"},\#(image)]}]}"#)
            let vectors = try #require(mixed.json["embeddings"]?.array)
            #expect(vectors.count == 3 && vectors[0]["embedding"] == word && vectors[1] != vectors[2])
            let many = "[" + (0..<300).map { "\"word \($0)\"" }.joined(separator: ",") + "]"
            let all = try await client.send("POST", "/_inference/t", #"{"input":\#(many)}"#)
            #expect(all.json["text_embedding"]?.array?.count == 300)
            let cancelled = try await client.send(
                "POST", "/_inference/e", #"{"input":{"content":[{"type":"text","value":"a"},{"type":"text","value":"a","weight":-1}]}}"#)
            #expect(cancelled.status == 400 && cancelled.json["error"]?["reason"]?.string?.contains("cancel each other out") == true)
            let other = try await client.send("POST", "/_inference/embedding/t", #"{"input":"a"}"#)
            #expect(other.json["error"]?["reason"] == "Incompatible task_type, the requested type [embedding] does not match the model type [text_embedding]")
            #expect(try await client.send("POST", "/_inference/.clip-clipsearch", #"{"input":"a"}"#).json["embeddings"]?.array?.count == 1)
            #expect(try await client.send("POST", "/_inference/e", #"{"input":{"content":{"type":"image","value":"data:image/png;base64,AAEC"}}}"#).status == 400)
        }
    }

    @Test func searchesAskByContents() async throws {
        try await withModels { client in
            #expect(try await client.send("PUT", "/_inference/embedding/e", Self.settings).status == 200)
            #expect(try await client.send("PUT", "/_inference/text_embedding/t", Self.settings).status == 200)
            let names = ["png_rgb.png", "jpeg_baseline_420.jpg", "webp_lossy.webp"]
            for (number, name) in names.enumerated() {
                let picture = try Data(contentsOf: URL(filePath: "\(Self.small)/images/\(name)"))
                let answer = try await client.raw("PUT", "/photos/_image/\(number)?refresh=true", picture, type: "image/png")
                #expect(answer.status == 201)
            }
            let image = #"{"type":"image","value":"\#(try Self.uri(names[1]))"}"#
            func ids(_ builder: String, _ more: String = "") async throws -> [String] {
                let knn = #"{"field":"image_embedding","k":1,"num_candidates":10\#(more),"query_vector_builder":\#(builder)}"#
                var found: [[String]] = []
                for body in [#"{"knn":\#(knn)}"#, #"{"query":{"knn":\#(knn)},"size":1}"#, #"{"retriever":{"knn":\#(knn)}}"#] {
                    let answer = try await client.send("POST", "/photos/_search", body)
                    #expect(answer.status == 200)
                    found.append(answer.json["hits"]?["hits"]?.array?.compactMap { $0["_id"]?.string } ?? [])
                }
                #expect(Set(found).count == 1)
                return found[0]
            }
            #expect(try await ids(#"{"embedding":{"inference_id":"e","input":\#(image)}}"#) == ["1"])
            #expect(try await ids(#"{"embedding":{"inference_id":".clip-clipsearch","input":[\#(image),"a word"]}}"#).count == 1)
            #expect(try await ids(#"{"lookup":{"index":"photos","id":"2","path":"image_embedding"}}"#) == ["2"])
            #expect(try await ids(#"{"text_embedding":{"model_id":"t","model_text":"a"}}"#).count == 1)
            // Near it, and as far as can be from it.
            let near = #"{"embedding":{"inference_id":"e","input":[\#(image.dropLast()),"weight":0.6}]}}"#
            let far = #"{"embedding":{"inference_id":"e","input":[\#(image.dropLast()),"weight":-1}]}}"#
            #expect(try await ids(near) == ["1"])
            #expect(try await ids(far) != ["1"])
            // Cut off, also where a filter leaves nothing as near.
            #expect(try await ids(near, #","similarity":0.999,"filter":{"ids":{"values":["1","2"]}}"#) == ["1"])
            #expect(try await ids(near, #","similarity":0.9999,"filter":{"ids":{"values":["0","2"]}}"#).isEmpty)

            let wrong = try await client.send(
                "POST", "/photos/_search",
                #"{"knn":{"field":"image_embedding","query_vector_builder":{"embedding":{"inference_id":"t","input":"a"}}}}"#)
            #expect(wrong.status == 400 && wrong.json["error"]?["type"] == "status_exception")
            #expect(
                wrong.json["error"]?["reason"]
                    == "Incompatible task_type for embedding API, the inference endpoint [t] has task type [text_embedding], expected [embedding]")
            let missing = try await client.send(
                "POST", "/photos/_search",
                #"{"knn":{"field":"image_embedding","query_vector_builder":{"lookup":{"index":"photos","id":"zz","path":"image_embedding"}}}}"#)
            #expect(missing.status == 404)
            #expect(missing.json["error"]?["reason"] == "Document with id [zz] not found in index [photos] for lookup query vector builder.")

            // A picture's bytes, and words beside them.
            let picture = try Data(contentsOf: URL(filePath: "\(Self.small)/images/\(names[1])"))
            let beside = try await client.raw(
                "POST", "/photos/_search/image?size=1&weight=0.6&words=red%20flower%5E0.01&without=rose%5E0.01", picture, type: "image/jpeg")
            #expect(beside.json["hits"]?["hits"]?.array?.first?["_id"] == "1")
            let unmeasured = try await client.raw("POST", "/photos/_search/image?similarity=auto", picture, type: "image/jpeg")
            #expect(unmeasured.status == 400)
        }
    }

    @Test func hitsAreClassified() async throws {
        try await withModels { client in
            let started = try await client.send("POST", "/_ml/trained_models/clip/deployment/_start?wait_for=started&timeout=60s")
            #expect(started.status == 200)
            let picture = try Data(contentsOf: URL(filePath: "\(Self.small)/images/png_rgb.png"))
            #expect(try await client.raw("PUT", "/photos/_image/1?doc.kind=a&refresh=true", picture, type: "image/png").status == 201)
            #expect(try await client.send("PUT", "/photos/_doc/2?refresh=true", #"{"kind":"b"}"#).status == 201)
            let answer = try await client.send(
                "POST", "/photos/_classify", #"{"labels":["cat","dog"],"prompt":"a photo of a {}","query":{"match_all":{}},"fields":["kind"]}"#)
            #expect(answer.status == 200)
            let hits = try #require(answer.json["hits"]?["hits"]?.array)
            let classified = try #require(hits.first { $0["_id"] == "1" })
            #expect(["cat", "dog"].contains(classified["classification"]?["label"]?.string))
            #expect(classified["classification"]?["top"]?.array?.count == 2)
            #expect(classified["fields"] == ["kind": ["a"]])
            #expect(hits.first { $0["_id"] == "2" }?["classification"] == nil)
            #expect(answer.json["classification"]?["field"] == "image_embedding")
            // The weights say what the training multiplied cosines by.
            let model = try await client.send("GET", "/_ml/trained_models/clip")
            let scale = model.json["trained_model_configs"]?.array?.first?["metadata"]?["clipsearch"]?["logit_scale"]
            #expect(scale != nil && scale == answer.json["classification"]?["logit_scale"])
            #expect(try await client.send("POST", "/photos/_classify", #"{"labels":[]}"#).status == 400)
            let narrow = #"{"mappings":{"properties":{"v":{"type":"dense_vector","dims":3}}}}"#
            #expect(try await client.send("PUT", "/narrow", narrow).status == 200)
            let other = try await client.send("POST", "/narrow/_classify", #"{"labels":["a","b"],"model":"clip"}"#)
            let reason = try #require(other.json["error"]?["reason"]?.string)
            #expect(other.status == 400 && reason.contains("[clip]") && reason.contains("[3]"))
            #expect(try await client.send("POST", "/zz/_classify", #"{"labels":["a"]}"#).status == 404)
        }
    }
}
