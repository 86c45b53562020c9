/// A decoded picture: 8-bit RGB, rows from the top, no padding.
public struct RGBImage: Sendable, Equatable {
    public let width: Int
    public let height: Int
    /// `[height, width, 3]`
    public let pixels: [UInt8]

    /// - Precondition: `pixels.count == width * height * 3`, and neither side is empty.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0 && pixels.count == width * height * 3, "the pixels do not fill the picture")
        self.width = width
        self.height = height
        self.pixels = pixels
    }
}
