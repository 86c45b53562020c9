import Testing

@testable import ImagePreprocessing

/// Kinds of PNG that the reference pictures do not have; the expectations are Pillow 13's.
@Suite struct PNGTests {
    struct Sample: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var file: PNGWriter
        var dropped: [UInt8]
        var blended: [UInt8]?
    }

    static let samples = [
        Sample(
            testDescription: "2-bit gray", file: PNGWriter(width: 4, depth: 2, colourType: 0, rows: [[0x1B]]),
            dropped: [0, 0, 0, 85, 85, 85, 170, 170, 170, 255, 255, 255]),
        Sample(
            testDescription: "4-bit gray", file: PNGWriter(width: 2, depth: 4, colourType: 0, rows: [[0x1F]]),
            dropped: [17, 17, 17, 255, 255, 255]),
        Sample(
            testDescription: "1-bit gray, 0 transparent",
            file: PNGWriter(width: 2, depth: 1, colourType: 0, transparency: [0, 0], rows: [[0x40]]),
            dropped: [0, 0, 0, 255, 255, 255], blended: [255, 255, 255, 255, 255, 255]),
        Sample(
            testDescription: "2-bit gray, transparent value is compared after scaling",
            file: PNGWriter(width: 4, depth: 2, colourType: 0, transparency: [0, 1], rows: [[0x1B]]),
            dropped: [0, 0, 0, 85, 85, 85, 170, 170, 170, 255, 255, 255],
            blended: [0, 0, 0, 85, 85, 85, 170, 170, 170, 255, 255, 255]),
        Sample(
            testDescription: "8-bit gray, 1 transparent",
            file: PNGWriter(width: 2, colourType: 0, transparency: [0, 1], rows: [[1, 9]]),
            dropped: [1, 1, 1, 9, 9, 9], blended: [255, 255, 255, 9, 9, 9]),
        Sample(
            testDescription: "16-bit gray is clipped, not scaled",
            file: PNGWriter(width: 3, depth: 16, colourType: 0, transparency: [0, 1], rows: [[0, 1, 1, 44, 0x9C, 0x40]]),
            dropped: [1, 1, 1, 255, 255, 255, 255, 255, 255], blended: [255, 255, 255, 255, 255, 255, 255, 255, 255]),
        Sample(
            testDescription: "8-bit RGB with a transparent colour",
            file: PNGWriter(width: 2, colourType: 2, transparency: [0, 1, 0, 2, 0, 3], rows: [[1, 2, 3, 4, 5, 6]]),
            dropped: [1, 2, 3, 4, 5, 6], blended: [255, 255, 255, 4, 5, 6]),
        Sample(
            testDescription: "16-bit RGB keeps the high bytes",
            file: PNGWriter(width: 1, depth: 16, colourType: 2, rows: [[1, 255, 2, 255, 3, 128]]), dropped: [1, 2, 3]),
        Sample(
            testDescription: "16-bit gray with alpha",
            file: PNGWriter(width: 1, depth: 16, colourType: 4, rows: [[1, 255, 0x80, 255]]), dropped: [1, 1, 1],
            blended: [128, 128, 128]),
        Sample(
            testDescription: "16-bit RGBA", file: PNGWriter(width: 1, depth: 16, colourType: 6, rows: [[1, 255, 2, 255, 3, 128, 127, 255]]),
            dropped: [1, 2, 3], blended: [128, 129, 129]),
        Sample(
            testDescription: "colours beyond the palette are black",
            file: PNGWriter(width: 4, depth: 2, colourType: 3, palette: [9, 8, 7, 6, 5, 4], rows: [[0x1B]]),
            dropped: [9, 8, 7, 6, 5, 4, 0, 0, 0, 0, 0, 0]),
        Sample(
            testDescription: "palette with transparency for its first colour",
            file: PNGWriter(
                width: 4, depth: 2, colourType: 3, palette: [9, 8, 7, 6, 5, 4], transparency: [0], rows: [[0x1B]]),
            dropped: [9, 8, 7, 6, 5, 4, 0, 0, 0, 0, 0, 0], blended: [255, 255, 255, 6, 5, 4, 0, 0, 0, 0, 0, 0]),
    ]

    @Test(arguments: samples) func decodesAsPillow(_ sample: Sample) throws {
        let bytes = sample.file.bytes
        #expect(try ImageDecoder(transparency: .drop).decode(bytes).pixels == sample.dropped)
        #expect(try ImageDecoder().decode(bytes).pixels == sample.blended ?? sample.dropped)
        #expect(try ImageHeader(reading: bytes).hasTransparency == (sample.blended != nil))
    }

    /// 2 GB of pixels behind a few bytes.
    @Test func decompressionBombIsRefusedByItsHeader() {
        let bomb = PNGWriter(width: 50_000, height: 50_000, colourType: 2, rows: []).bytes
        #expect(throws: ImageError.tooManyPixels(width: 50_000, height: 50_000, limit: 50_000_000)) {
            try ImageDecoder().decode(bomb)
        }
        let ribbon = PNGWriter(width: 70_000, colourType: 0, rows: []).bytes
        #expect(throws: ImageError.sideTooLong(width: 70_000, height: 1, limit: 65_535)) {
            try ImageDecoder().decode(ribbon)
        }
    }
}
