internal import CImageCodecs

extension RGBImage {
    /// The picture with each square of `factor` by `factor` pixels as one, their mean; squares that are cut off at the right and below too.
    ///
    /// - Parameter factor: 1 or less changes nothing; at most 255.
    /// - Complexity: O(pixels).
    func averaged(by factor: Int) -> RGBImage {
        let factor = min(factor, 255)
        guard factor > 1 else { return self }
        let (newWidth, newHeight) = ((width + factor - 1) / factor, (height + factor - 1) / factor)
        let count = newWidth * newHeight * 3
        let result = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            cimage_average(pixels, width, height, factor, target.baseAddress)
            initialized = count
        }
        return RGBImage(width: newWidth, height: newHeight, pixels: result)
    }
}
