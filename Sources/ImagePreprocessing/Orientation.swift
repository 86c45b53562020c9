/// EXIF's orientation tag (0x0112): how a stored picture is to be turned for display.
public enum Orientation: Int, Sendable, CaseIterable {
    case upright = 1
    case mirrored, upsideDown, mirroredUpsideDown, mirroredQuarterLeft, quarterRight, mirroredQuarterRight, quarterLeft

    /// Whether width and height change places.
    public var swapsSides: Bool { rawValue > 4 }

    /// The orientation an encoded picture states; `upright` where it states none, or nonsense.
    init(of bytes: [UInt8], format: ImageFormat) {
        self = ExifMetadata(of: bytes, format: format).orientation
    }
}

extension RGBImage {
    /// This picture turned as `orientation` asks.
    ///
    /// - Complexity: O(pixels).
    public func oriented(_ orientation: Orientation) -> RGBImage {
        guard orientation != .upright else { return self }
        let (newWidth, newHeight) = orientation.swapsSides ? (height, width) : (width, height)
        var turned: [UInt8] = []
        turned.reserveCapacity(pixels.count)
        for y in 0..<newHeight {
            for x in 0..<newWidth {
                let (sourceX, sourceY) =
                    switch orientation {
                    case .upright: (x, y)
                    case .mirrored: (width - 1 - x, y)
                    case .upsideDown: (width - 1 - x, height - 1 - y)
                    case .mirroredUpsideDown: (x, height - 1 - y)
                    case .mirroredQuarterLeft: (y, x)
                    case .quarterRight: (y, height - 1 - x)
                    case .mirroredQuarterRight: (width - 1 - y, height - 1 - x)
                    case .quarterLeft: (width - 1 - y, x)
                    }
                let source = (sourceY * width + sourceX) * 3
                turned.append(contentsOf: pixels[source..<(source + 3)])
            }
        }
        return RGBImage(width: newWidth, height: newHeight, pixels: turned)
    }
}
