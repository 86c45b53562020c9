import Foundation
import JSON
import TestSupport
import Testing

@testable import Server

/// Semantic fields over HTTP, with a model small enough for a test.
extension HTTPServerTests {
    private static let small = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/reference-small").path

    private static func picture(_ name: String) throws -> String {
        "data:image/png;base64," + (try Data(contentsOf: URL(filePath: "\(small)/images/\(name)"))).base64EncodedString()
    }

    private func withModel(_ folders: [String] = [], _ body: @escaping @Sendable (Client) async throws -> Void) async throws {
        try await withServer(models: [Self.small], pictureFolders: folders) { client in
            #expect(try await client.send("POST", "/_ml/trained_models/clip/deployment/_start?wait_for=started&timeout=60s").status == 200)
            for (task, id) in [("embedding", "pictures"), ("text_embedding", "texts")] {
                let made = try await client.send(
                    "PUT", "/_inference/\(task)/\(id)", #"{"service":"clipsearch","service_settings":{"model_id":"clip"}}"#)
                #expect(made.status == 200, "\(made.text)")
            }
            try await body(client)
        }
    }

    private func ids(_ answer: Answer) -> [String] {
        (answer.json["hits"]?["hits"]?.array ?? []).compactMap { $0["_id"]?.string }
    }

    @Test func semanticTextsAreFound() async throws {
        try await withModel { client in
            let mapping = #"{"mappings":{"properties":{"f":{"type":"semantic_text","inference_id":"texts"},"k":{"type":"keyword"},"t":{"type":"text"}}}}"#
            #expect(try await client.send("PUT", "/s", mapping).status == 200)
            // Nothing is there yet, and nothing is found.
            let empty = try await client.send("POST", "/s/_search", #"{"query":{"semantic":{"field":"f","query":"a"}}}"#)
            #expect(empty.status == 200 && ids(empty).isEmpty)

            let bulk = """
                {"index":{"_id":"1"}}
                {"f":["a red apple","a green tree"],"k":"x","t":"words"}
                {"index":{"_id":"2"}}
                {"f":"a blue car","k":"y"}
                {"index":{"_id":"3"}}
                {"f":{"no":"text"},"k":"y"}
                {"index":{"_id":"4"}}
                {"k":"y"}

                """
            let written = try await client.send("POST", "/s/_bulk?refresh=true", bulk, type: "application/x-ndjson")
            let items = try #require(written.json["items"]?.array)
            #expect(items.map { $0["index"]?["status"] } == [201, 201, 400, 201])
            let known = try await client.send("GET", "/s/_mapping")
            let field = known.json["s"]?["mappings"]?["properties"]?["f"]
            #expect(field?["model_settings"]?["task_type"] == "text_embedding" && field?["model_settings"]?["similarity"] == "cosine")

            let semantic = try await client.send("POST", "/s/_search", #"{"query":{"semantic":{"field":"f","query":"a blue car"}}}"#)
            #expect(ids(semantic).first == "2" && ids(semantic).count == 2)
            let score = try #require(semantic.json["hits"]?["hits"]?.array?.first?["_score"])
            if case .double(let value) = score { #expect(abs(value - 1) < 1e-3) }
            #expect(semantic.json["hits"]?["hits"]?.array?.first?["_source"] == ["f": "a blue car", "k": "y"])
            for query in [
                #"{"query":{"match":{"f":"a green tree"}}}"#, #"{"query":{"match":{"f":{"query":"a green tree","boost":2,"_name":"n"}}}}"#,
                #"{"query":{"multi_match":{"query":"a green tree","fields":["f","t"]}}}"#,
                #"{"query":{"knn":{"field":"f","k":5,"num_candidates":10,"query_vector_builder":{"text_embedding":{"model_text":"a green tree"}}}}}"#,
                #"{"query":{"knn":{"field":"f","k":5,"num_candidates":10,"query_vector_builder":{"text_embedding":{"model_id":"texts","model_text":"a green tree"}}}}}"#,
                #"{"knn":{"field":"f","k":5,"num_candidates":10,"query_vector_builder":{"text_embedding":{"model_text":"a green tree"}}}}"#,
                #"{"retriever":{"standard":{"query":{"semantic":{"field":"f","query":"a green tree"}}}}}"#,
                #"{"query":{"nested":{"path":"f.inference.chunks","query":{"knn":{"field":"f.inference.chunks.embeddings","query_vector_builder":{"text_embedding":{"model_id":"clip","model_text":"a green tree"}}}}}}}"#,
            ] {
                let found = try await client.send("POST", "/s/_search", query)
                #expect(ids(found) == ["1", "2"] || query.contains("nested") && ids(found).contains("1"), "\(query) \(found.text)")
            }
            let filtered = try await client.send(
                "POST", "/s/_search",
                #"{"query":{"knn":{"field":"f","k":1,"num_candidates":5,"filter":{"term":{"k":"y"}},"query_vector_builder":{"text_embedding":{"model_text":"a green tree"}}}}}"#)
            #expect(ids(filtered) == ["2"])
            #expect(ids(try await client.send("POST", "/s/_search", #"{"query":{"exists":{"field":"f"}}}"#)).sorted() == ["1", "2"])

            let highlighted = try await client.send(
                "POST", "/s/_search",
                #"{"query":{"match":{"f":"a green tree"}},"highlight":{"fields":{"f":{"type":"semantic","number_of_fragments":1}}}}"#)
            #expect(highlighted.json["hits"]?["hits"]?.array?.first?["highlight"] == ["f": ["a green tree"]])
            #expect(
                try await client.send("POST", "/s/_search", #"{"query":{"semantic":{"field":"t","query":"x"}}}"#).json["error"]?["root_cause"]?
                    .array?.first?["reason"] == "Field [t] of type [text] does not support semantic queries")
            let capabilities = try await client.send("GET", "/s/_field_caps?fields=*")
            #expect(capabilities.json["fields"]?["f"]?["text"]?["searchable"] == true)
            #expect(capabilities.json["fields"]?.object?.contains { $0.key.contains("inference") } == false)
        }
    }

    /// `_inference_fields` shows what models made, and updates touch only what changes.
    @Test func semanticFieldsAreShownAndUpdated() async throws {
        try await withModel { client in
            let mapping = #"{"mappings":{"properties":{"f":{"type":"semantic","inference_id":"pictures"},"g":{"type":"text","copy_to":"f"}}}}"#
            #expect(try await client.send("PUT", "/s", mapping).status == 200)
            let uri = try Self.picture("png_rgb.png")
            let document = #"{"f":["the quick brown fox",{"type":"image","value":"\#(uri)"},"jumps"],"g":"copied"}"#
            #expect(try await client.send("PUT", "/s/_doc/1?refresh=true", document).status == 201)
            func chunks() async throws -> JSONValue? {
                let shown = try await client.send("POST", "/s/_search", #"{"_source":{"exclude_vectors":false}}"#)
                return shown.json["hits"]?["hits"]?.array?.first?["_source"]?["_inference_fields"]?["f"]?["inference"]
            }
            let inference = try #require(try await chunks())
            #expect(inference["inference_id"] == "pictures" && inference["model_settings"]?["task_type"] == "embedding")
            let own = try #require(inference["chunks"]?["f"]?.array)
            #expect(own.count == 3 && own[0]["start_offset"] == 0 && own[0]["end_offset"] == 19 && own[1]["input_index"] == 1)
            #expect(own[1]["start_offset"] == nil && own[2]["start_offset"] == 20 && inference["chunks"]?["g"]?.array?.count == 1)
            let plain = try await client.send("GET", "/s/_doc/1")
            #expect(plain.json["_source"]?["_inference_fields"] == nil && plain.json["_source"]?["g"] == "copied")
            #expect(try await client.send("GET", "/s/_doc/1?_source_exclude_vectors=false").json["_source"]?["_inference_fields"] != nil)
            let named = try await client.send("POST", "/s/_search", #"{"fields":["_inference_fields"],"_source":["g"]}"#)
            #expect(named.json["hits"]?["hits"]?.array?.first?["_source"] == ["g": "copied"])

            // A picture finds itself, by what its mapping says of the endpoint.
            let byPicture = #"{"query":{"knn":{"field":"f","k":1,"query_vector_builder":{"embedding":{"input":{"type":"image","value":"\#(uri)"}}}}}}"#
            let found = try await client.send("POST", "/s/_search", byPicture)
            if case .double(let score)? = found.json["hits"]?["hits"]?.array?.first?["_score"] { #expect(abs(score - 1) < 1e-3) }
            #expect(ids(found) == ["1"])

            let cleared = try await client.send("POST", "/s/_update/1?refresh=true", #"{"doc":{"g":null}}"#)
            #expect(cleared.json["result"] == "updated")
            let left = try #require(try await chunks())
            #expect(left["chunks"]?["g"] == nil && left["chunks"]?["f"]?.array == own)
            #expect(try await client.send("POST", "/s/_update/1?refresh=true", #"{"doc":{"f":null}}"#).status == 200)
            #expect(try await chunks() == nil)
            #expect(ids(try await client.send("POST", "/s/_search", #"{"query":{"exists":{"field":"f"}}}"#)).isEmpty)
        }
    }

    @Test func whatCannotBeEmbeddedIsNotWritten() async throws {
        try await withModel { client in
            #expect(try await client.send("PUT", "/s", #"{"mappings":{"properties":{"f":{"type":"semantic","inference_id":"pictures"},"x":{"type":"semantic_text","inference_id":"none"}}}}"#).status == 200)
            let empty = try await client.send("PUT", "/s/_doc/1", #"{"f":{"type":"image","value":"data:image/png;base64,"}}"#)
            #expect(empty.status == 400 && empty.json["error"]?["type"] == "status_exception")
            #expect(empty.json["error"]?["reason"] == "Input for field [f] from source field [f] has an empty base64 payload.")
            let bad = try await client.send("PUT", "/s/_doc/1", #"{"f":{"type":"image","value":"data:image/png;base64,AAEC"}}"#)
            #expect(bad.status == 400 && bad.json["error"]?["type"] == "inference_exception", "\(bad.text)")
            #expect(bad.json["error"]?["reason"] == "Exception when running inference id [pictures] on field [f]")
            let missing = try await client.send("PUT", "/s/_doc/1", #"{"x":"text"}"#)
            #expect(missing.status == 404 && missing.json["error"]?["reason"] == "Inference id [none] not found for field [x]")
            let searched = try await client.send("POST", "/s/_search", #"{"query":{"semantic":{"field":"x","query":"a"}}}"#)
            #expect(searched.status == 404 && searched.json["error"]?["reason"] == "Inference endpoint not found [none]")
            #expect(try await client.send("GET", "/s/_count").json["count"] == 0)
            let mapping = try await client.send("GET", "/s/_mapping")
            #expect(mapping.json["s"]?["mappings"]?["properties"]?["f"]?["model_settings"] == nil)
            // An update that fails leaves the document as it is.
            #expect(try await client.send("PUT", "/s/_doc/2?refresh=true", #"{"f":"a"}"#).status == 201)
            #expect(try await client.send("POST", "/s/_update/2", #"{"doc":{"x":"text"}}"#).status == 404)
            #expect(try await client.send("GET", "/s/_doc/2").json["_version"] == 1)
            // An endpoint in use stays.
            #expect(try await client.send("DELETE", "/_inference/embedding/pictures").status == 409)
        }
    }

    /// Copies are embedded by the other index's endpoint, and pictures that the source lost stay findable.
    @Test func semanticFieldsAreReindexedAndNeedNoPictures() async throws {
        try await withModel { client in
            let field = #"{"f":{"type":"semantic","inference_id":"pictures","retain_binary":false},"n":{"type":"long"}}"#
            #expect(try await client.send("PUT", "/s", #"{"mappings":{"properties":\#(field)}}"#).status == 200)
            let uri = try Self.picture("png_rgb.png")
            #expect(try await client.send("PUT", "/s/_doc/1?refresh=true", #"{"f":{"type":"image","value":"\#(uri)","description":"d"},"n":1}"#).status == 201)
            #expect(try await client.send("GET", "/s/_doc/1").json["_source"] == ["f": ["type": "image", "description": "d"], "n": 1])
            #expect(try await client.send("POST", "/s/_update/1?refresh=true", #"{"doc":{"n":2}}"#).json["result"] == "updated")
            #expect(try await client.send("POST", "/s/_update_by_query?refresh=true", #"{"script":{"source":"ctx._source.n += 1"}}"#).json["updated"] == 1)
            #expect(ids(try await client.send("POST", "/s/_search", #"{"query":{"match":{"f":"anything"}}}"#)) == ["1"])
            #expect(try await client.send("PUT", "/s/_doc/2?refresh=true", #"{"f":"some words"}"#).status == 201)
            #expect(try await client.send("PUT", "/d", #"{"mappings":{"properties":{"f":{"type":"semantic_text","inference_id":"texts"}}}}"#).status == 200)
            let copied = try await client.send(
                "POST", "/_reindex?refresh=true", #"{"source":{"index":"s","query":{"ids":{"values":["2"]}}},"dest":{"index":"d"}}"#)
            #expect(copied.json["created"] == 1, "\(copied.text)")
            let both = try await client.send("POST", "/s,d/_search", #"{"query":{"semantic":{"field":"f","query":"some words"}}}"#)
            #expect(ids(both).sorted() == ["1", "2", "2"])
        }
    }

    @Test func pipelinesReadPictures() async throws {
        let folder = try TemporaryFolder()
        try folder.write("shown/a.png", [UInt8](Data(contentsOf: URL(filePath: "\(Self.small)/images/png_rgb.png"))))
        try folder.write("secret.png", [UInt8](Data(contentsOf: URL(filePath: "\(Self.small)/images/png_rgb.png"))))
        let shown = folder.path + "/shown"
        try await withModel([shown]) { client in
            let pipeline = #"""
                {"processors":[{"inference":{"model_id":"clip","input_output":{"input_field":"photo","output_field":"v","input_type":"image"}}},
                {"image":{"field":"photo","properties":["width","height","format","average_color","perceptual_hash","thumbnail"],"thumbnail_size":16}}]}
                """#
            #expect(try await client.send("PUT", "/_ingest/pipeline/p", pipeline).status == 200)
            let uri = try Self.picture("png_rgb.png")
            for (id, photo) in [("1", "a.png"), ("2", uri)] {
                let answer = try await client.send("PUT", "/p/_doc/\(id)?pipeline=p&refresh=true", #"{"photo":"\#(photo)"}"#)
                #expect(answer.status == 201, "\(answer.text)")
            }
            let one = try await client.send("GET", "/p/_doc/1").json["_source"], two = try await client.send("GET", "/p/_doc/2").json["_source"]
            #expect(one?["image"] != nil && one?["image"] == two?["image"] && one?["v"] == two?["v"])
            #expect(one?["image"]?["format"] == "png" && one?["image"]?["perceptual_hash"]?.string?.count == 16)
            #expect(one?["image"]?["thumbnail"]?.string?.hasPrefix("data:image/jpeg;base64,") == true)
            for photo in ["../secret.png", "/etc/passwd", "http://127.0.0.1/a.png", "http://example.org/a.png", "data:image/png;base64,AAEC", "b.png"] {
                let answer = try await client.send("PUT", "/p/_doc/3?pipeline=p", #"{"photo":"\#(photo)"}"#)
                #expect(answer.status == 400, "\(photo) \(answer.text)")
            }
        }
    }
}
