import TestSupport
import Testing

@testable import ImagePreprocessing

@Suite struct ImageDecoderTests {
    @Test func hashFunctionKnowsTheStandardsVectors() {
        #expect(SHA256.hex([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            SHA256.hex(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
                == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    }

    @Test func referenceIsThere() {
        #expect(GoldenImage.all.count == 16)
    }

    @Test(arguments: GoldenImage.all) func decodesAsPillow(_ golden: GoldenImage) throws {
        let image = try ImageDecoder(transparency: .drop).decode(golden.bytes)
        #expect(image.width == golden.width && image.height == golden.height)
        #expect(SHA256.hex(image.pixels) == golden.rgbHash)
    }

    /// Half a file is an error for every format, never a picture with a gray half. (What follows the last pixel may be
    /// missing: the end marks, and the later frames of an animation.)
    @Test(arguments: GoldenImage.all) func truncatedFilesAreRefused(_ golden: GoldenImage) throws {
        let bytes = try golden.bytes
        for share in golden.file.hasSuffix("animated.gif") ? [0.01, 0.1, 0.25] : [0.1, 0.5, 0.8] {
            let part = Array(bytes.prefix(Int(Double(bytes.count) * share)))
            #expect(throws: ImageError.self) { try ImageDecoder().decode(part) }
        }
    }

    /// Damage anywhere gives a picture or an error.
    @Test(arguments: GoldenImage.all) func damagedFilesDoNotCrash(_ golden: GoldenImage) throws {
        let bytes = try golden.bytes
        guard bytes.count < 30_000 else { return }
        var random = SeededGenerator(seed: 11)
        let decoder = ImageDecoder(appliesOrientation: true, limits: ImageLimits(pixels: 1_000_000))
        for _ in 0..<30 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let reach = Bool.random(using: &random) ? min(100, bytes.count) : bytes.count
                damaged[Int.random(in: 0..<reach, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let image = try? decoder.decode(damaged) { #expect(image.pixels.count == image.width * image.height * 3) }
        }
    }

    @Test func nothingAndNonsenseAreRefused() {
        #expect(throws: ImageError.empty) { try ImageDecoder().decode([]) }
        #expect(throws: ImageError.unknownFormat) { try ImageDecoder().decode(Array("<svg/>".utf8)) }
        let decoder = ImageDecoder(limits: ImageLimits(bytes: 3))
        #expect(throws: ImageError.tooManyBytes(count: 4, limit: 3)) { try decoder.decode([0xFF, 0xD8, 0xFF, 0xE0]) }
    }

    @Test(arguments: [
        ([0xFF, 0xD8, 0xFF, 0xE0], ImageFormat.jpeg), ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png),
        (Array("GIF89a".utf8), .gif), (Array("RIFF\u{0}\u{0}\u{0}\u{0}WEBP".utf8), .webp),
    ])
    func magicAloneIsRefusedWithItsFormat(_ bytes: [UInt8], _ format: ImageFormat) {
        do {
            _ = try ImageDecoder().decode(bytes)
            Issue.record("decoded")
        } catch ImageError.truncated(let found, _), ImageError.corrupt(let found, _) {
            #expect(found == format)
        } catch { Issue.record(error) }
    }

    @Test func pixelLimitIsCheckedBeforeDecoding() throws {
        let decoder = ImageDecoder(limits: ImageLimits(pixels: 451 * 300 - 1))
        let bytes = try Fixtures.image("jpeg_baseline_420.jpg")
        #expect(throws: ImageError.tooManyPixels(width: 451, height: 300, limit: 451 * 300 - 1)) { try decoder.decode(bytes) }
    }

    @Test func orientationIsAppliedOnlyOnDemand() throws {
        let bytes = try Fixtures.image("jpeg_exif_rotated_422.jpg")
        let stored = try ImageDecoder().decode(bytes)
        #expect((stored.width, stored.height) == (320, 213))
        let turned = try ImageDecoder(appliesOrientation: true).decode(bytes)
        #expect((turned.width, turned.height) == (213, 320))
        #expect(turned == stored.oriented(.quarterRight))
    }
}
