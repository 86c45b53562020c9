import Encoders
import FoundationEssentials
import JSON
import MatrixKernels
import TestSupport
import Testing

/// The compact model against its own golden numbers.
@Suite struct CompactGoldenTests {
    static let folder = Repository.root + "/Models/compact"

    static func golden(_ part: String) throws -> [JSONObject] {
        let document = try JSONDocument(parsing: Array(Data(contentsOf: URL(filePath: folder + "/golden.json"))))
        let entries = try #require(document.root.object?[part]?.array)
        return try entries.map { try #require($0.object) }
    }

    @Test(arguments: engines)
    func images(engine: MatrixEngine) throws {
        let encoder = try ModelLayout(folder: Self.folder).makeImageEncoder(engine)
        let tensors = try WeightFile(path: Self.folder + "/golden.safetensors")
        var pixels: [[Float]] = [], golden: [[Float]] = []
        for entry in try Self.golden("images") {
            let resized = try #require(entry["resized"]?.string), embedding = try #require(entry["embedding"]?.string)
            pixels.append(try #require(tensors.tensors[resized]).bytes().map { (Float($0) - 127) / 128 })
            golden.append(try #require(tensors.tensors[embedding]).floats())
        }
        let found = try encoder.encode(pixels)
        expectGolden(found, golden, "images")
        #expect(largestDifference(try encoder.encode([pixels[3]])[0], found[3]) < 1e-6)
    }

    @Test(arguments: engines)
    func texts(engine: MatrixEngine) throws {
        let encoder = try ModelLayout(folder: Self.folder).makeTextEncoder(engine)
        let tensors = try WeightFile(path: Self.folder + "/golden.safetensors")
        var tokens: [[Int32]] = [], golden: [[Float]] = []
        for entry in try Self.golden("texts") {
            let ids = try #require(entry["input_ids"]?.array), embedding = try #require(entry["embedding"]?.string)
            tokens.append(try ids.map { Int32(try #require($0.int)) })
            golden.append(try #require(tensors.tensors[embedding]).floats())
        }
        expectGolden(try encoder.encode(tokens), golden, "texts")
    }
}
