import Testing

@testable import ImagePreprocessing

@Suite struct ImageHeaderTests {
    @Test(arguments: GoldenImage.all) func readsFormatAndSize(_ golden: GoldenImage) throws {
        let header = try ImageHeader(reading: golden.bytes)
        #expect(header.format.rawValue.uppercased() == golden.format)
        #expect(header.width == golden.width && header.height == golden.height)
        #expect(header.hasTransparency == (golden.dropAlphaCropHash != nil))
    }

    @Test func pixelsAreNotNeeded() throws {
        let bytes = try Fixtures.image("jpeg_baseline_420.jpg")
        let header = try ImageHeader(reading: Array(bytes.prefix(2000)))
        #expect((header.width, header.height) == (451, 300))
    }
}
