internal import CImageCodecs

/// Turns pictures into what an image tower takes: decode, resize, crop, normalise.
public struct ImagePreprocessor: Sendable, Equatable {
    /// How a picture is brought to the tower's size.
    public enum Fit: Sendable, Equatable {
        /// The shorter side becomes `shortestEdge` long, the other in proportion (cut off to whole pixels); the middle
        /// part is kept.
        case crop(shortestEdge: Int, to: PixelSize)
        /// The whole picture, whatever its proportions.
        case squeeze(PixelSize)
    }

    public let fit: Fit
    public let filter: ResampleFilter
    public var decoder: ImageDecoder
    /// What the tower sees of each value 0…255 of the three channels, `[3, 256]`.
    private let levels: [Float]

    /// - Parameters:
    ///   - mean: subtracted from `value * scale`, for each channel.
    ///   - deviation: divides the difference, for each channel.
    /// - Precondition: `mean` and `deviation` have three elements; a crop is not larger than `shortestEdge`.
    public init(
        fit: Fit, filter: ResampleFilter = .bicubic, scale: Double = 1.0 / 255, mean: [Float], deviation: [Float],
        decoder: ImageDecoder = ImageDecoder()
    ) {
        precondition(mean.count == 3 && deviation.count == 3, "three channels")
        self.fit = fit
        self.filter = filter
        self.decoder = decoder
        levels = zip(mean, deviation).flatMap { mean, deviation in
            (0..<256).map { (Float(Double($0) * scale) - mean) / deviation }
        }
    }

    /// The size of every result.
    public var outputSize: PixelSize {
        switch fit {
        case .crop(_, let size), .squeeze(let size): size
        }
    }

    /// The picture as the tower is to see it, still in 8 bits.
    public func fitted(_ image: RGBImage) -> RGBImage {
        switch fit {
        case .squeeze(let size): return image.resized(to: size, filter: filter)
        case .crop(let edge, let part):
            let size =
                image.width <= image.height
                ? PixelSize(width: edge, height: edge * image.height / image.width)
                : PixelSize(width: edge * image.width / image.height, height: edge)
            return image.resized(to: size, centreCrop: part, filter: filter)
        }
    }

    /// The normalised values, `[3, height, width]`.
    public func normalized(_ image: RGBImage) -> [Float] {
        let count = image.width * image.height
        return [Float](unsafeUninitializedCapacity: count * 3) { values, initialized in
            cimage_planes(image.pixels, count, levels, values.baseAddress)
            initialized = count * 3
        }
    }

    /// Everything at once: encoded bytes to `[3, height, width]`.
    public func tensor(decoding bytes: [UInt8]) throws(ImageError) -> [Float] {
        normalized(fitted(try decoder.decode(bytes)))
    }
}
