extension RGBImage {
    /// The mean of all pixels, red, green and blue, rounded.
    ///
    /// - Complexity: O(pixels).
    public var averageColour: (red: UInt8, green: UInt8, blue: UInt8) {
        var sums: (UInt64, UInt64, UInt64) = (0, 0, 0)
        var index = 0
        while index + 2 < pixels.count {
            sums.0 += UInt64(pixels[index])
            sums.1 += UInt64(pixels[index + 1])
            sums.2 += UInt64(pixels[index + 2])
            index += 3
        }
        let count = UInt64(max(1, width * height))
        func mean(_ sum: UInt64) -> UInt8 { UInt8(clamping: (sum + count / 2) / count) }
        return (mean(sums.0), mean(sums.1), mean(sums.2))
    }

    /// 64 bits that pictures have in common which look alike, whatever their size: of a picture made 9 by 8, whether each pixel
    /// is brighter than the one right of it, row by row, the first one the highest bit.
    ///
    /// Two pictures are compared by how many bits differ: a few for the same one, resized or compressed again.
    ///
    /// - Complexity: O(pixels).
    /// - Source: Neal Krawetz's "dHash", with luma of ITU-R BT.601.
    public var perceptualHash: UInt64 {
        let small = resized(to: PixelSize(width: 9, height: 8), filter: .bilinear)
        let luma: [Int] = stride(from: 0, to: small.pixels.count, by: 3).map { index in
            let red = 299 * Int(small.pixels[index]), green = 587 * Int(small.pixels[index + 1])
            return red + green + 114 * Int(small.pixels[index + 2])
        }
        var hash: UInt64 = 0
        for row in 0..<8 {
            for column in 0..<8 {
                hash = hash << 1 | (luma[row * 9 + column] > luma[row * 9 + column + 1] ? 1 : 0)
            }
        }
        return hash
    }
}
