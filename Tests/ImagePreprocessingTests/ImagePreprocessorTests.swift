import Files
import Foundation
import JSON
import Testing

@testable import ImagePreprocessing

@Suite struct ImagePreprocessorTests {
    @Test(arguments: GoldenImage.all, ["clip/preprocessor_config.json", "clip-st/0_CLIPModel/preprocessor_config.json"])
    func cropsAsPillow(_ golden: GoldenImage, _ configuration: String) throws {
        var preprocessor = try ImagePreprocessor(configuration: "\(Fixtures.root)/\(configuration)")
        #expect(preprocessor.outputSize == PixelSize(width: 224, height: 224))
        let blended = try preprocessor.fitted(preprocessor.decoder.decode(golden.bytes))
        #expect(SHA256.hex(blended.pixels) == golden.cropHash)
        if let hash = golden.dropAlphaCropHash {
            preprocessor.decoder.transparency = .drop
            let dropped = try preprocessor.fitted(preprocessor.decoder.decode(golden.bytes))
            #expect(SHA256.hex(dropped.pixels) == hash)
        }
    }

    @Test func normalizes() throws {
        let preprocessor = try ImagePreprocessor(configuration: "\(Fixtures.root)/clip/preprocessor_config.json")
        let values = preprocessor.normalized(RGBImage(width: 2, height: 1, pixels: [0, 128, 255, 255, 0, 128]))
        let expected: [Float] = [
            -0.48145466 / 0.26862954, (1 - 0.48145466) / 0.26862954,
            (128.0 / 255 - 0.4578275) / 0.26130258, -0.4578275 / 0.26130258,
            (1 - 0.40821073) / 0.27577711, (128.0 / 255 - 0.40821073) / 0.27577711,
        ]
        #expect(values.count == 6)
        for (value, expected) in zip(values, expected) { #expect(abs(value - expected) < 1e-6) }
    }

    /// The compact model's golden pictures: blended, squeezed, exact in every byte.
    @Test func squeezesAsTheCompactModel() throws {
        let golden = try JSONDocument(parsing: Fixtures.bytes("\(Fixtures.compact)/golden.json")).root.object
        let file = try Fixtures.bytes("\(Fixtures.compact)/golden.safetensors")
        let headerLength = file[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        let header = try JSONDocument(parsing: file[8..<(8 + headerLength)]).root.object
        let preprocessor = try ImagePreprocessor(configuration: "\(Fixtures.compact)/image/config.json")
        let images = try #require(golden?["images"]?.array).compactMap { $0.object }
        #expect(images.count == 8)
        for image in images {
            let name = try #require(image["resized"]?.string)
            let offsets = try #require(header?[name]?.object?["data_offsets"]?.array).compactMap { $0.int }
            let expected = file[(8 + headerLength + offsets[0])..<(8 + headerLength + offsets[1])]
            let bytes = try Fixtures.bytes("\(Fixtures.compact)/\(try #require(image["file"]?.string))")
            let values = try preprocessor.tensor(decoding: bytes)
            #expect(values == expected.map { (Float($0) - 127) / 128 }, "\(name)")
        }
    }

    private func read(_ json: String) throws -> ImagePreprocessor {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(json.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try ImagePreprocessor(configuration: file.path)
    }

    private func refusal(_ json: String) -> String {
        do {
            _ = try read(json)
            return "accepted"
        } catch PreprocessorError.malformed(_, let reason) { return reason }
        catch PreprocessorError.unsupported(_, let field, let value) { return "\(field)=\(value)" }
        catch { return "\(error)" }
    }

    @Test func readsSigLIP() throws {
        let preprocessor = try read(
            """
            {"image_processor_type": "SiglipImageProcessor", "size": {"height": 256, "width": 256}, "resample": 2,
             "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
            """)
        #expect(preprocessor.fit == .squeeze(PixelSize(width: 256, height: 256)))
        #expect(preprocessor.filter == .bilinear)
    }

    @Test(arguments: [
        ("[1]", "not an object"),
        (#"{"image_processor_type":"FooProcessor"}"#, "image_processor_type=FooProcessor"),
        (#"{"resample":0}"#, "resample=0"), (#"{"do_resize":false}"#, "do_resize=false"),
        (#"{"size":224}"#, "[crop_size.width] is not a whole number"),
        (#"{"size":100,"crop_size":224}"#, "crop_size=224×224"),
        (#"{"size":{"shortest_edge":224},"do_center_crop":false}"#, "do_center_crop=false"),
        (#"{"size":99999999,"crop_size":224}"#, "size=99999999"),
        (#"{"size":224,"crop_size":224,"image_mean":[1]}"#, "[image_mean] is not a list of three numbers"),
        (#"{"preprocess":{"alpha":"drop"}}"#, "alpha=drop"),
    ])
    func refuses(_ json: String, _ expected: String) {
        #expect(refusal(json) == expected)
    }

    @Test func missingFileIsNamed() {
        let path = "/nowhere/preprocessor_config.json"
        #expect(throws: PreprocessorError.file(FileError(.open, path: path, code: 2))) {
            try ImagePreprocessor(configuration: path)
        }
    }
}
