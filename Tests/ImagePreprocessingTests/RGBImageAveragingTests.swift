import Testing

@testable import ImagePreprocessing

@Suite struct RGBImageAveragingTests {
    @Test func squaresBecomeTheirMeans() {
        let image = RGBImage(width: 3, height: 3, pixels: [
            10, 0, 255, 20, 0, 255, 7, 7, 7,
            30, 1, 255, 41, 1, 255, 8, 8, 8,
            100, 0, 0, 200, 0, 0, 9, 9, 9,
        ])
        let half = image.averaged(by: 2)
        // 101 / 4 and 2 / 4 are rounded; the squares at the right and below are cut off.
        #expect(half == RGBImage(width: 2, height: 2, pixels: [25, 1, 255, 8, 8, 8, 150, 0, 0, 9, 9, 9]))
        #expect(image.averaged(by: 1) == image && image.averaged(by: 0) == image)
        #expect(image.averaged(by: 1000) == image.averaged(by: 3))
    }
}
