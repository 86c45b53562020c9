import Encoders
import MatrixKernels
import Testing

/// The encoders against Hugging Face's numbers for the tiny models.
@Suite struct GoldenTests {
    @Test(arguments: engines, [("clip", "clip"), ("clip-st", "clip"), ("clip-multilingual", "clip-multilingual"),
                               ("minilm-like", "minilm-like")])
    func texts(engine: MatrixEngine, model: (name: String, tokenizer: String)) throws {
        let encoder = try Small.layout(model.name).makeTextEncoder(engine)
        let golden = try Small.tensors().rows("text_embeddings/\(model.name)")
        let tokens = try Small.tokens(model.tokenizer)
        #expect(encoder.dimensions == golden[0].count)
        expectGolden(try encoder.encode(tokens), golden, "all in one batch")
        let single = try tokens.map { try encoder.encode([$0])[0] }
        expectGolden(single, golden, "one by one")
    }

    @Test(arguments: engines, ["clip", "clip-st"])
    func images(engine: MatrixEngine, model: String) throws {
        let encoder = try Small.layout(model).makeImageEncoder(engine)
        let golden = try Small.tensors().rows("image_embeddings/\(model)"), pixels = try Small.pixels()
        #expect(encoder.dimensions == golden[0].count)
        #expect(encoder.inputSize == 224)
        expectGolden(try encoder.encode(pixels), golden, "all in one batch")
        let single = try pixels.map { try encoder.encode([$0])[0] }
        expectGolden(single, golden, "one by one")
    }
}
