import Foundation
import JSON
import Testing

@testable import ImagePreprocessing

/// Pixels against Pillow's and levels against Hugging Face's for SigLIP (cubic) and SigLIP 2 (linear): the whole picture,
/// squeezed.
@Suite struct SigLIPPreprocessingTests {
    static let folder = Fixtures.root.replacing("reference-small", with: "reference-siglip")

    @Test(arguments: ["siglip", "siglip2", "so400m"])
    func pixelsAreExact(_ name: String) throws {
        let golden = try JSONDocument(parsing: Fixtures.bytes("\(Self.folder)/golden.json")).root.object
        let files = try #require(golden?["images"]?.array).map { try #require($0.object?["file"]?.string) }
        let hashes = try #require(golden?["models"]?.object?[name]?.object?["pixels"]?.array).map { try #require($0.string) }
        #expect(files.count == 16 && hashes.count == 16)
        let preprocessor = try ImagePreprocessor(configuration: "\(Self.folder)/\(name)/preprocessor_config.json")
        let size = name == "so400m" ? 20 : 224
        #expect(preprocessor.outputSize == PixelSize(width: size, height: size))
        for (file, hash) in zip(files, hashes) {
            let image = try preprocessor.fitted(preprocessor.decoder.decode(Fixtures.bytes("\(Fixtures.root)/\(file)")))
            #expect(SHA256.hex(image.pixels) == hash, "\(file)")
        }
    }

    @Test(arguments: ["siglip", "siglip2", "so400m"])
    func levelsMatch(_ name: String) throws {
        let file = try Fixtures.bytes("\(Self.folder)/golden.safetensors")
        let length = file[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        let header = try JSONDocument(parsing: file[8..<(8 + length)]).root.object
        let place = try #require(header?["levels/\(name)"]?.object?["data_offsets"]?.array).map { try #require($0.int) }
        let stored = Array(file[(8 + length + place[0])..<(8 + length + place[1])])
        let levels = stride(from: 0, to: stored.count, by: 4).map { index in
            Float(bitPattern: stored[index..<(index + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) })
        }
        let preprocessor = try ImagePreprocessor(configuration: "\(Self.folder)/\(name)/preprocessor_config.json")
        let pixels = (UInt8(0)...255).flatMap { [$0, $0, $0] }
        let found = preprocessor.normalized(RGBImage(width: 16, height: 16, pixels: pixels))
        #expect(levels.count == 256)
        for (channel, value) in found.enumerated() { #expect(abs(value - levels[channel % 256]) <= 1.2e-7) }
    }
}
