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

    @Test(arguments: engines, [Precision.bf16, .int8])
    func lowerPrecisionsStayNear(engine: MatrixEngine, precision: Precision) throws {
        for (model, tokenizer) in [("clip", "clip"), ("clip-multilingual", "clip-multilingual")] {
            let encoder = try Small.layout(model).makeTextEncoder(engine, precision)
            let golden = try Small.tensors().rows("text_embeddings/\(model)")
            expectSimilar(try encoder.encode(try Small.tokens(tokenizer)), golden, precision, "\(model)")
        }
        let encoder = try Small.layout("clip").makeImageEncoder(engine, precision)
        let golden = try Small.tensors().rows("image_embeddings/clip")
        expectSimilar(try encoder.encode(try Small.pixels()), golden, precision, "images")
    }

    /// Every row depends on its own item alone, whatever the batch, the threads and the calls at the same time.
    @Test(arguments: Precision.allCases)
    func callsAtTheSameTimeDoNotDisturbEachOther(precision: Precision) async throws {
        let encoder = try Small.layout("clip").makeImageEncoder(MatrixEngine(threads: 2), precision)
        let pixels = try Small.pixels(), alone = try pixels.map { try encoder.encode([$0])[0] }
        try await withThrowingTaskGroup(of: (Int, [Float]).self) { group in
            for round in 0..<12 {
                let index = round % pixels.count
                group.addTask { (index, try encoder.encode([pixels[index]])[0]) }
            }
            for try await (index, vector) in group { #expect(vector == alone[index]) }
        }
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
