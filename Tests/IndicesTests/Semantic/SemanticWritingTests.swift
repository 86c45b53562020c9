import Contents
import Inference
import JSON
import Mapping
import Synchronization
import Testing

@testable import Indices

/// Documents with semantic fields on their way into an index, with a model that counts.
@Suite struct SemanticWritingTests {
    /// Makes `[length, 1]` of each content, and notes what it is asked together.
    private final class Model: Sendable {
        let asked = Mutex<[[String]]>([])

        var embedder: ContentEmbedder {
            ContentEmbedder(
                endpoint: { id in
                    guard id.hasPrefix("e") || id.hasPrefix("t") else { throw IndicesError.inferenceEndpointNotFound(id) }
                    return InferenceEndpoint(
                        id: id, task: id.hasPrefix("t") ? .textEmbedding : .embedding, service: "clipsearch", serviceSettings: ["model_id": "m"],
                        dimensions: 2)
                },
                embed: { contents, endpoint in
                    let texts = contents.map { content in
                        switch content {
                        case .text(let text): text
                        case .image(let bytes): "image of \(bytes.count)"
                        }
                    }
                    self.asked.withLock { $0.append(texts) }
                    if texts.contains("bad") { throw InferenceError.textTooLong(index: 0, tokens: 2, limit: 1) }
                    if texts.contains("full") { throw InferenceError.queueFull(id: endpoint.modelID, capacity: 1) }
                    return texts.map { [Float($0.utf8.count), 1] }
                },
                longestText: { _ in 30 })
        }
    }

    private func run(
        _ properties: String, _ sources: [String], _ model: Model = Model(), former: SemanticDocument.Former? = nil
    ) async throws -> [Result<SemanticWriting.Embedded, any Error>] {
        let mapping = try Mapping(decoding: JSONDocument(parsing: #"{"properties":\#(properties)}"#).root)
        return await SemanticWriting(mapping: mapping, embedder: model.embedder).run(
            sources.map { .init(source: Array($0.utf8), former: former) })
    }

    private func problem(_ result: Result<SemanticWriting.Embedded, any Error>) -> String? {
        if case .failure(let error) = result { "\((error as? SemanticFault)?.problem ?? .unknownKey("\(error)"))" } else { nil }
    }

    private static let picture = #"{"type":"image","value":"data:image/png;base64,AAEC"}"#

    @Test func valuesHaveTheirPlaces() async throws {
        let model = Model()
        let embedded = try await run(
            #"{"f":{"type":"semantic","inference_id":"e"},"g":{"type":"text","copy_to":["f"]},"t":{"type":"semantic_text","inference_id":"t"}}"#,
            [#"{"f":["the quick brown fox",\#(Self.picture)," ","jumps"],"g":"copy","t":[true,49.99,"x"]}"#], model)[0].get()
        let field = try #require(embedded.inference?.fields["f"])
        #expect(field.model == SemanticModelSettings(task: .embedding, dimensions: 2, service: "clipsearch"))
        #expect(field.sources.map(\.name) == ["f", "g"])
        #expect(field.sources[0].chunks.map(\.place) == [.text(0..<19), .input(1), .text(22..<27)])
        #expect(field.sources[0].chunks.map(\.embedding) == [[19, 1], [10, 1], [5, 1]] && field.sources[1].chunks.map(\.place) == [.text(0..<4)])
        #expect(embedded.inference?.fields["t"]?.sources[0].chunks.map(\.place) == [.text(0..<4), .text(5..<10), .text(11..<12)])
        // All of an endpoint together.
        #expect(model.asked.withLock { $0.sorted { $0.count > $1.count } } == [["the quick brown fox", "image of 3", "jumps", "copy"], ["true", "49.99", "x"]])
    }

    /// One request a model for many documents; a document that fails does so alone, and the others keep their order.
    @Test func documentsOfARequestGoTogether() async throws {
        let model = Model()
        let results = try await run(
            #"{"f":{"type":"semantic","inference_id":"e"}}"#, [#"{"f":"a"}"#, #"{"f":"bad"}"#, "{}", #"{"f":"ccc"}"#, "not json", #"{"f":{"x":1}}"#], model)
        #expect(model.asked.withLock { $0 } == [["a", "bad", "ccc"], ["a"], ["bad"], ["ccc"]])
        #expect(try results[0].get().inference?.fields["f"]?.sources[0].chunks.map(\.embedding) == [[1, 1]])
        #expect(problem(results[1])?.hasPrefix("embedding(inferenceID: \"e\"") == true)
        #expect(try results[2].get().inference == nil && results[4].get().inference == nil)
        #expect(try results[3].get().inference?.fields["f"]?.sources[0].chunks.map(\.embedding) == [[3, 1]])
        #expect(problem(results[5]) == #"unknownKey("x")"#)
        // A model that cannot answer is not asked again for each of them.
        let busy = Model()
        let refused = try await run(#"{"f":{"type":"semantic","inference_id":"e"}}"#, [#"{"f":"a"}"#, #"{"f":"full"}"#], busy)
        #expect(busy.asked.withLock { $0 } == [["a", "full"]])
        for result in refused { #expect(problem(result)?.hasPrefix("embedding(") == true) }
    }

    @Test func batchesAreOfSoManyBytesAndContents() async throws {
        var embedder = Model().embedder
        embedder.batchBytes = 10
        #expect(embedder.batches([]) == [] && embedder.batches([99]) == [0..<1])
        #expect(embedder.batches([4, 6, 1, 99, 2, 3]) == [0..<2, 2..<3, 3..<4, 4..<6])
        #expect(embedder.batches(Array(repeating: 0, count: 300)) == [0..<128, 128..<256, 256..<300])

        let model = Model(), mapping = try Mapping(decoding: JSONDocument(parsing: #"{"properties":{"f":{"type":"semantic","inference_id":"e"}}}"#).root)
        var small = model.embedder
        small.batchBytes = 3
        let drafts = ["aa", "b", "cc", "dd"].map { SemanticWriting.Draft(source: Array(#"{"f":"\#($0)"}"#.utf8)) }
        _ = await SemanticWriting(mapping: mapping, embedder: small).run(drafts)
        #expect(model.asked.withLock { $0 } == [["aa", "b"], ["cc"], ["dd"]])
    }

    @Test(arguments: [
        (#"{"type":"image","value":"data:image/png;base64,"}"#, "emptyPayload"), (#"{"type":"image","value":"AAEC"}"#, "dataURI("),
        (#"{"type":"image"}"#, #"missing(["value"])"#), ("{}", #"missing(["type", "value"])"#), (#"{"type":"smell","value":"x"}"#, "unknownType("),
        (#"{"type":"audio","value":"x"}"#, "unsupportedType("), (#"{"type":"image","format":"text","value":"x"}"#, "wrongFormat("),
        (#"{"type":"text","format":"base64","value":"x"}"#, "wrongFormat("), (#"{"type":"image","format":"hex","value":"x"}"#, "unknownFormat("),
    ])
    func picturesAreChecked(_ value: String, _ expected: String) async throws {
        let result = try await run(#"{"f":{"type":"semantic","inference_id":"e"}}"#, [#"{"f":\#(value)}"#])[0]
        #expect(problem(result)?.hasPrefix(expected) == true, "\(problem(result) ?? "none")")
        #expect(problem(try await run(#"{"f":{"type":"semantic_text","inference_id":"e"}}"#, [#"{"f":\#(value)}"#])[0]) == #"notText("object")"#)
    }

    /// As Elasticsearch's own tests of the older format have it, and back again, as `_reindex` brings it.
    @Test func theOlderFormatIsShownAndTakenApart() async throws {
        var limits = MappingLimits()
        limits.usesLegacySemanticText = true
        let properties = #"{"o":{"properties":{"f":{"type":"semantic_text","inference_id":"e"}}},"g":{"type":"text","copy_to":"o.f"}}"#
        let mapping = try Mapping(decoding: JSONDocument(parsing: #"{"properties":\#(properties)}"#).root)
            .bound(to: MappingEnvironment(limits: limits))
        let model = Model()
        func write(_ source: [UInt8]) async throws -> SemanticWriting.Embedded {
            try await SemanticWriting(mapping: mapping, embedder: model.embedder).run([.init(source: source)])[0].get()
        }
        let legacy = try #require(LegacySemanticText(mapping))
        let first = try await write(Array(#"{"o":{"f":["two words",75]},"g":"copied"}"#.utf8))
        let shown = legacy.shown(first.source, first.inference)
        let value = JSONValue(try JSONDocument(parsing: shown).root)
        #expect(value["g"] == "copied" && value["o"]?["f"]?["text"] == ["two words", "75"])
        let inference = value["o"]?["f"]?["inference"]
        #expect(inference?["inference_id"] == "e" && inference?["model_settings"]?["dimensions"] == 2)
        #expect(inference?["chunks"]?.array?.compactMap { $0["text"]?.string } == ["copied", "two words", "75"])
        #expect(inference?["chunks"]?.array?.first?["embeddings"]?.array?.count == 2)
        let asked = model.asked.withLock { $0.count }

        let again = try await write(shown)
        #expect(model.asked.withLock { $0.count } == asked, "what came along is not made again")
        #expect(again.inference == first.inference)
        let back = JSONValue(try JSONDocument(parsing: again.source).root)
        #expect(back["o"]?["f"] == ["two words", "75"] && back[InferenceFields.name] == nil)
        // Another text without vectors is embedded.
        let other = try await write(Array(#"{"o.f":{"text":"other"}}"#.utf8))
        #expect(other.inference?.fields["o.f"]?.sources.flatMap(\.chunks).map(\.embedding) == [[5, 1]])
        #expect(LegacySemanticText(try mapping.bound(to: MappingEnvironment())) == nil)
    }

    @Test func longPicturesAreNotDecoded() async throws {
        let long = "data:image/png;base64," + String(repeating: "AAAA", count: (1 << 20) / 3 + 200)
        let result = try await run(#"{"f":{"type":"semantic","inference_id":"e"}}"#, [#"{"f":{"type":"image","value":"\#(long)"}}"#])[0]
        #expect(problem(result) == "tooLong(limit: 1048576)")
        let mapping = try Mapping(decoding: JSONDocument(parsing: #"{"properties":{"f":{"type":"semantic","inference_id":"e"}}}"#).root)
        for (limit, expected) in [(2, "tooLong(limit: 2)"), (3, nil)] {
            var embedder = Model().embedder
            embedder.longestBinary = limit
            let draft = SemanticWriting.Draft(source: Array(#"{"f":\#(Self.picture)}"#.utf8))
            let results = await SemanticWriting(mapping: mapping, embedder: embedder).run([draft])
            #expect(problem(results[0]) == expected)
        }
    }

    @Test func endpointsMustBeThereAndFit() async throws {
        let source = [#"{"f":"a"}"#, "{}"]
        let missing = try await run(#"{"f":{"type":"semantic_text","inference_id":"none"}}"#, source)
        #expect(problem(missing[0]) == #"endpointNotFound("none")"# && problem(missing[1]) == nil)
        #expect(problem(try await run(#"{"f":{"type":"semantic","inference_id":"t"}}"#, source)[0])?.hasPrefix("wrongTask(") == true)
        #expect(problem(try await run(#"{"f":{"type":"semantic_text","inference_id":"t"}}"#, source)[0]) == nil)
    }

    /// What did not change keeps its vectors, pictures too that are not in the source any more.
    @Test func unchangedValuesAreNotEmbeddedAgain() async throws {
        let properties = #"{"f":{"type":"semantic","inference_id":"e","retain_binary":false},"g":{"type":"text","copy_to":"f"}}"#
        let first = try await run(
            properties, [#"{"f":{"type":"image","value":"data:image/png;base64,AAEC","description":"d"},"g":"old","h":1}"#])[0].get()
        let stored = String(decoding: first.source, as: UTF8.self)
        #expect(stored == #"{"f":{"type":"image","description":"d"},"g":"old","h":1}"#)
        let former = SemanticDocument.Former(
            source: try JSONDocument(parsing: first.source).root, inference: try #require(first.inference))
        let model = Model()
        let second = try await run(properties, [#"{"f":{"type":"image","description":"d"},"g":"newer","h":2}"#], model, former: former)[0].get()
        #expect(model.asked.withLock { $0 } == [["newer"]])
        #expect(second.inference?.fields["f"]?.sources.map(\.chunks) == [[.init(.input(0), [10, 1])], [.init(.text(0..<5), [5, 1])]])
        // Taken away, it is gone.
        #expect(try await run(properties, [#"{"f":null,"g":null}"#], former: former)[0].get().inference == nil)
        #expect(problem(try await run(properties, [#"{"f":{"type":"image","description":"d"}}"#])[0]) == #"missing(["value"])"#)
        #expect(problem(try await run(properties, [#"{"f":\#(Self.picture)}"#])[0]) == "descriptionMissing")
        // Another endpoint's vectors are of no use.
        let other = try await run(#"{"f":{"type":"semantic","inference_id":"e2"},"g":{"type":"text","copy_to":"f"}}"#, [#"{"g":"old"}"#], model, former: former)
        #expect(try other[0].get().inference?.fields["f"]?.inferenceID == "e2" && model.asked.withLock { $0.count } == 2)
    }

    @Test(arguments: [#""_inference_fields":{"f":VALUE}"#, #""_inference_fields.f":VALUE"#])
    func vectorsMayBeBrought(_ form: String) async throws {
        let value = #"{"inference":{"inference_id":"e","model_settings":{"task_type":"embedding","dimensions":2},"chunks":{"f":[{"start_offset":0,"end_offset":1,"embeddings":[3,4]}]}}}"#
        let model = Model()
        let embedded = try await run(
            #"{"f":{"type":"semantic","inference_id":"e"}}"#, [#"{"f":"a",\#(form.replacing("VALUE", with: value))}"#], model)[0].get()
        #expect(String(decoding: embedded.source, as: UTF8.self) == #"{"f":"a"}"#)
        #expect(embedded.inference?.fields["f"]?.sources == [.init("f", [.init(.text(0..<1), [3, 4])])] && model.asked.withLock { $0.isEmpty })
    }

    /// Where nothing is said, no part is longer than the model reads.
    @Test func textsAreCutForTheModel() async throws {
        let text = (1...60).map { "Word\($0) here." }.joined(separator: " ")
        let result = try await run(#"{"f":{"type":"semantic","inference_id":"e"}}"#, [#"{"f":"\#(text)"}"#])[0].get()
        let chunks = try #require(result.inference?.fields["f"]?.sources[0].chunks)
        #expect(chunks.count > 5)
        let whole = try await run(#"{"f":{"type":"semantic","inference_id":"e","chunking_settings":{"strategy":"none"}}}"#, [#"{"f":"\#(text)"}"#])
        #expect(try whole[0].get().inference?.fields["f"]?.sources[0].chunks.map(\.place) == [.text(0..<text.utf16.count)])
    }
}
