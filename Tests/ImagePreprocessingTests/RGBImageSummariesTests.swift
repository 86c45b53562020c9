import Testing

@testable import ImagePreprocessing

@Suite struct RGBImageSummariesTests {
    private func image(_ width: Int, _ height: Int, _ pixel: (Int, Int) -> [UInt8]) -> RGBImage {
        RGBImage(width: width, height: height, pixels: (0..<height).flatMap { y in (0..<width).flatMap { pixel($0, y) } })
    }

    @Test func theAverageIsRounded() {
        let picture = image(2, 1) { x, _ in x == 0 ? [0, 10, 255] : [1, 20, 255] }
        let colour = picture.averageColour
        #expect(colour == (1, 15, 255))
    }

    @Test func hashesAreOfBrightnessFallingToTheRight() {
        #expect(image(90, 80) { x, _ in [UInt8](repeating: UInt8(x), count: 3) }.perceptualHash == 0)
        #expect(image(90, 80) { x, _ in [UInt8](repeating: UInt8(200 - x), count: 3) }.perceptualHash == .max)
        // Brighter to the left in the upper half only.
        let half = image(90, 80) { x, y in [UInt8](repeating: UInt8(y < 40 ? 200 - x : x), count: 3) }
        #expect(half.perceptualHash == 0xFFFF_FFFF_0000_0000)
        #expect(image(1, 1) { _, _ in [9, 9, 9] }.perceptualHash == 0)
    }

    /// Of another size and compressed, a picture's hash differs in few bits; of another picture, in many.
    @Test func hashesOfTheSamePictureAreAlike() throws {
        let picture = image(160, 120) { x, y in
            [UInt8((x * 7 + y * 3) % 256), UInt8((x * x / 50 + y) % 256), UInt8((y * 5 + x / 3) % 256)]
        }
        let small = picture.resized(to: PixelSize(width: 80, height: 60))
        let again = try ImageDecoder().decode(small.jpeg(quality: 70))
        #expect((picture.perceptualHash ^ again.perceptualHash).nonzeroBitCount <= 8)
        let other = image(160, 120) { x, y in [UInt8((x * 13 + y * 11) % 256), UInt8(y * 2), UInt8((x * y) % 256)] }
        #expect((picture.perceptualHash ^ other.perceptualHash).nonzeroBitCount > 12)
    }
}
