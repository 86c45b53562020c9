import Encoders
import FoundationEssentials
import JSON
import MatrixKernels
import TestSupport
import Testing

/// `Tests/Fixtures/reference-siglip`: tiny models with random weights, and what Hugging Face computes with them.
enum SigLIP {
    static let folder = Repository.fixtures + "/reference-siglip"
    static let names = ["siglip", "siglip2", "so400m"]

    static func layout(_ name: String) throws -> ModelLayout { try ModelLayout(folder: "\(folder)/\(name)") }

    static func golden(_ side: String, _ name: String) throws -> [[Float]] {
        try WeightFile(path: "\(folder)/golden.safetensors").rows("\(side)_embeddings/\(name)")
    }

    /// The ids that the processor gives the model, padding included.
    static func texts(_ name: String) throws -> [[Int32]] {
        let file = try JSONDocument(parsing: Array(Data(contentsOf: URL(filePath: "\(folder)/golden.json"))))
        let texts = try #require(file.root.object?["models"]?.object?[name]?.object?["padded"]?.array)
        return try texts.map { ids in try #require(ids.array).map { Int32(try #require($0.int)) } }
    }
}

@Suite struct SigLIPTests {
    @Test(arguments: engines, SigLIP.names)
    func texts(engine: MatrixEngine, name: String) throws {
        let encoder = try SigLIP.layout(name).makeTextEncoder(engine)
        let golden = try SigLIP.golden("text", name), texts = try SigLIP.texts(name)
        #expect(encoder.dimensions == golden[0].count)
        expectGolden(try encoder.encode(texts), golden, "all in one batch")
        expectGolden(try texts.map { try encoder.encode([$0])[0] }, golden, "one by one")
    }

    /// Without the padding, as a tokenizer leaves it.
    @Test(arguments: SigLIP.names)
    func textsAreFilledUp(name: String) throws {
        let encoder = try SigLIP.layout(name).makeTextEncoder(MatrixEngine(threads: 1))
        let padding: Int32 = name == "siglip2" ? 0 : 1
        let texts = try SigLIP.texts(name).map { ids -> [Int32] in
            let end = ids.lastIndex { $0 != padding }.map { $0 + 1 } ?? 1
            return Array(ids[..<end])
        }
        expectGolden(try encoder.encode(texts), try SigLIP.golden("text", name), "filled up")
    }

    @Test(arguments: engines, SigLIP.names)
    func images(engine: MatrixEngine, name: String) throws {
        let encoder = try SigLIP.layout(name).makeImageEncoder(engine)
        let golden = try SigLIP.golden("image", name)
        let pixels = CLIPVariantTests.pixels(golden.count, size: encoder.inputSize)
        #expect(encoder.dimensions == golden[0].count)
        expectGolden(try encoder.encode(pixels), golden, "all in one batch")
        expectGolden(try pixels.map { try encoder.encode([$0])[0] }, golden, "one by one")
    }

    @Test(arguments: engines, SigLIP.names)
    func bfloat16StaysNear(engine: MatrixEngine, name: String) throws {
        let layout = try SigLIP.layout(name), golden = try SigLIP.golden("image", name)
        let images = try layout.makeImageEncoder(engine, .bf16)
        let found = try images.encode(CLIPVariantTests.pixels(golden.count, size: images.inputSize))
        expectSimilar(found, golden, .bf16, "images")
        let texts = try layout.makeTextEncoder(engine, .bf16).encode(try SigLIP.texts(name))
        expectSimilar(texts, try SigLIP.golden("text", name), .bf16, "texts")
    }

    @Test func textsThatDoNotFit() throws {
        let encoder = try SigLIP.layout("so400m").makeTextEncoder(MatrixEngine(threads: 1))
        #expect(throws: EncoderError.emptySequence(index: 1)) { try encoder.encode([[3], []]) }
        #expect(throws: EncoderError.sequenceTooLong(index: 0, tokens: 17, limit: 16)) {
            try encoder.encode([[Int32](repeating: 3, count: 17)])
        }
        #expect(throws: EncoderError.unknownToken(index: 0, token: 573, vocabulary: 573)) { try encoder.encode([[573]]) }
        #expect(try encoder.encode([]).isEmpty)
    }
}
