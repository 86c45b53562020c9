import Encoders
import FoundationEssentials
import JSON
import MatrixKernels
import TestSupport
import Testing

/// `Tests/Fixtures/reference-clips`: tiny models in the shapes that published CLIPs differ by, which their configurations
/// alone tell, against Hugging Face's numbers.
@Suite struct CLIPVariantTests {
    private static let folder = Repository.fixtures + "/reference-clips"
    private static let names = ["patch16", "patch14", "patch14-336", "gelu", "heads80", "heads104", "old-end-of-text"]

    private static func golden(_ side: String, _ name: String) throws -> [[Float]] {
        try WeightFile(path: "\(folder)/golden.safetensors").rows("\(side)_embeddings/\(name)")
    }

    private static func texts() throws -> [[Int32]] {
        let file = try JSONDocument(parsing: Array(Data(contentsOf: URL(filePath: "\(folder)/golden.json"))))
        let texts = try #require(file.root.object?["texts"]?.array)
        return try texts.map { ids in try #require(ids.array).map { Int32(try #require($0.int)) } }
    }

    /// As `pixels` of `make_clip_variants.py` makes them up: from the upper bits of a hash of the position.
    static func pixels(_ count: Int, size: Int) -> [[Float]] {
        let values = 3 * size * size
        return (0..<count).map { picture in
            (0..<values).map { index in
                let byte = (UInt32(truncatingIfNeeded: picture * values + index) &* 2_654_435_761) >> 24
                return Float(byte) / 255 * 4 - 2
            }
        }
    }

    @Test(arguments: engines, names)
    func texts(engine: MatrixEngine, name: String) throws {
        let encoder = try ModelLayout(folder: "\(Self.folder)/\(name)").makeTextEncoder(engine)
        let golden = try Self.golden("text", name), texts = try Self.texts()
        #expect(encoder.dimensions == golden[0].count)
        expectGolden(try encoder.encode(texts), golden, "all in one batch")
        expectGolden(try texts.map { try encoder.encode([$0])[0] }, golden, "one by one")
    }

    @Test(arguments: engines, names)
    func images(engine: MatrixEngine, name: String) throws {
        let encoder = try ModelLayout(folder: "\(Self.folder)/\(name)").makeImageEncoder(engine)
        let golden = try Self.golden("image", name), pixels = Self.pixels(golden.count, size: encoder.inputSize)
        #expect(encoder.dimensions == golden[0].count)
        expectGolden(try encoder.encode(pixels), golden, "all in one batch")
        expectGolden(try pixels.map { try encoder.encode([$0])[0] }, golden, "one by one")
    }

    @Test(arguments: engines, names)
    func bfloat16StaysNear(engine: MatrixEngine, name: String) throws {
        let layout = try ModelLayout(folder: "\(Self.folder)/\(name)"), golden = try Self.golden("image", name)
        let images = try layout.makeImageEncoder(engine, .bf16)
        let found = try images.encode(Self.pixels(golden.count, size: images.inputSize))
        expectSimilar(found, golden, .bf16, "images")
        let texts = try layout.makeTextEncoder(engine, .bf16).encode(try Self.texts())
        expectSimilar(texts, try Self.golden("text", name), .bf16, "texts")
    }
}
