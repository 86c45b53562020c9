import CImageCodecs
import TestSupport
import Testing

@testable import ImagePreprocessing

@Suite struct RGBImageResizeTests {
    private func noise(width: Int, height: Int) -> RGBImage {
        var random = SeededGenerator(seed: UInt64(width * 1000 + height))
        let pixels = (0..<(width * height * 3)).map { _ in
            // Extremes overshoot, which the rounding has to clip.
            Bool.random(using: &random) ? UInt8.random(in: 0...255, using: &random) : Bool.random(using: &random) ? 0 : 255
        }
        return RGBImage(width: width, height: height, pixels: pixels)
    }

    /// The reference is the definition in doubles: within one level of it everywhere.
    @Test(arguments: [(7, 5, 3, 2), (30, 20, 11, 9), (5, 7, 12, 14), (13, 13, 13, 13), (1, 1, 4, 4), (33, 1, 5, 5)])
    func isNearTheDefinition(_ width: Int, _ height: Int, _ newWidth: Int, _ newHeight: Int) {
        let image = noise(width: width, height: height)
        let resized = image.resized(to: PixelSize(width: newWidth, height: newHeight))
        func weights(_ input: Int, _ output: Int, _ index: Int) -> [Double] {
            let scale = Double(input) / Double(output), stretch = max(1, scale)
            let all = (0..<input).map {
                ResampleFilter.bicubic.weight(at: (Double($0) + 0.5 - (Double(index) + 0.5) * scale) / stretch)
            }
            return all.map { $0 / all.reduce(0, +) }
        }
        for y in 0..<newHeight {
            let rowWeights = weights(height, newHeight, y)
            for x in 0..<newWidth {
                let columnWeights = weights(width, newWidth, x)
                for channel in 0..<3 {
                    var sum = 0.0
                    for row in 0..<height {
                        let inner = (0..<width).reduce(0.0) {
                            $0 + columnWeights[$1] * Double(image.pixels[(row * width + $1) * 3 + channel])
                        }
                        sum += rowWeights[row] * min(255, max(0, inner.rounded()))
                    }
                    let found = Double(resized.pixels[(y * newWidth + x) * 3 + channel])
                    #expect(abs(found - min(255, max(0, sum))) <= 1)
                }
            }
        }
    }

    /// Where the height shrinks by more than twice as much, the vertical pass comes first.
    @Test(arguments: [(20, 9, false), (20, 10, false), (20, 11, true), (8, 9, true), (8, 7, false), (23, 16, false), (23, 17, true)])
    func orderOfThePasses(_ width: Int, _ height: Int, _ verticalFirst: Bool) {
        let image = noise(width: width, height: height)
        let target = PixelSize(width: 19, height: 8)
        let rowsFirst = image.resized(to: PixelSize(width: 19, height: height)).resized(to: target)
        let columnsFirst = image.resized(to: PixelSize(width: width, height: 8)).resized(to: target)
        #expect(rowsFirst != columnsFirst)
        #expect(image.resized(to: target) == (verticalFirst ? columnsFirst : rowsFirst))
    }

    @Test func sameSizeChangesNothing() {
        let image = noise(width: 19, height: 23)
        for filter in [ResampleFilter.bicubic, .bilinear, .lanczos] {
            #expect(image.resized(to: PixelSize(width: 19, height: 23), filter: filter) == image)
        }
    }

    @Test(arguments: [(50, 40, 31, 29, 20, 10), (10, 90, 30, 270, 30, 30), (300, 2, 1000, 20, 20, 20), (40, 90, 31, 37, 20, 10)])
    func cropIsThePartOfTheWhole(
        _ width: Int, _ height: Int, _ newWidth: Int, _ newHeight: Int, _ cropWidth: Int, _ cropHeight: Int
    ) {
        let image = noise(width: width, height: height), size = PixelSize(width: newWidth, height: newHeight)
        let whole = image.resized(to: size)
        let crop = image.resized(to: size, centreCrop: PixelSize(width: cropWidth, height: cropHeight))
        let left = (newWidth - cropWidth) / 2, top = (newHeight - cropHeight) / 2
        var expected: [UInt8] = []
        for row in top..<(top + cropHeight) {
            let start = (row * newWidth + left) * 3
            expected += whole.pixels[start..<(start + cropWidth * 3)]
        }
        #expect(crop.pixels == expected)
    }

    /// The vector kernels give the scalar ones' bytes, at every width and at the end of the data.
    @Test(arguments: Array(1..<40) + [97, 500]) func kernelsAgree(_ size: Int) {
        let image = noise(width: size, height: 9)
        for output in [1, 3, size, size * 2 + 1] {
            let axis = ResampleAxis(input: size, output: output, range: 0..<output, filter: .bicubic)
            var fast = [UInt8](repeating: 1, count: output * 9 * 3), scalar = [UInt8](repeating: 2, count: output * 9 * 3)
            axis.withUnsafeAxis {
                cimage_resample_rows(image.pixels, size, 9, $0, &fast)
                cimage_resample_rows_scalar(image.pixels, size, 9, $0, &scalar)
            }
            #expect(fast == scalar)
            // The same picture read as `size` rows of 27 bytes.
            axis.withUnsafeAxis {
                cimage_resample_columns(image.pixels, 27, 27, $0, &fast)
                cimage_resample_columns_scalar(image.pixels, 27, 27, $0, &scalar)
            }
            #expect(fast == scalar)
        }
    }

    /// 65,535 × 1 pixels, whose shorter side becomes 224 and the longer one 14.7 million: only the crop is computed.
    @Test func extremeProportionsCostLittle() {
        let ribbon = RGBImage(width: 65_535, height: 1, pixels: [UInt8](repeating: 7, count: 65_535 * 3))
        let crop = ribbon.resized(
            to: PixelSize(width: 224 * 65_535, height: 224), centreCrop: PixelSize(width: 224, height: 224))
        #expect(crop.pixels == [UInt8](repeating: 7, count: 224 * 224 * 3))
    }
}
