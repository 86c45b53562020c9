import Testing

@testable import ImagePreprocessing

@Suite struct ImageHeaderTests {
    @Test(arguments: GoldenImage.all) func readsFormatAndSize(_ golden: GoldenImage) throws {
        let header = try ImageHeader(reading: golden.bytes)
        #expect(header.format.rawValue.uppercased() == golden.format)
        #expect(header.width == golden.width && header.height == golden.height)
        #expect(header.hasTransparency == (golden.dropAlphaCropHash != nil))
    }

    @Test(arguments: Orientation.allCases) func sizesAreShownUpright(orientation: Orientation) throws {
        let tiff: [UInt8] =
            Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(orientation.rawValue), 0, 0, 0, 0, 0, 0]
        let plain = try Fixtures.image("jpeg_baseline_420.jpg")
        let header = try ImageHeader(reading: plain.prefix(2) + [0xFF, 0xE1, 0, UInt8(tiff.count + 2)] + tiff + plain.dropFirst(2))
        #expect((header.width, header.height) == (451, 300) && header.orientation == orientation)
        #expect(header.shownSize == (orientation.rawValue < 5 ? PixelSize(width: 451, height: 300) : PixelSize(width: 300, height: 451)))
        #expect(try ImageHeader(reading: plain).orientation == .upright)
    }

    @Test func pixelsAreNotNeeded() throws {
        let bytes = try Fixtures.image("jpeg_baseline_420.jpg")
        let header = try ImageHeader(reading: Array(bytes.prefix(2000)))
        #expect((header.width, header.height) == (451, 300))
    }
}
