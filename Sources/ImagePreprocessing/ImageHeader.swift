/// What a picture's header says, without decoding the pixels.
public struct ImageHeader: Sendable, Equatable {
    public let format: ImageFormat
    public let width: Int
    public let height: Int
    /// There may be transparent pixels: an alpha channel, or a transparent colour.
    public let hasTransparency: Bool
    /// How the picture is to be turned for display, as its EXIF says.
    public private(set) var orientation = Orientation.upright

    /// The size as the picture is shown: `width` and `height` are those of the stored pixels, which may lie on their side.
    public var shownSize: PixelSize {
        orientation.swapsSides ? PixelSize(width: height, height: width) : PixelSize(width: width, height: height)
    }

    /// Reads the header.
    ///
    /// - Complexity: O(header, or chunks); the pixels are not touched.
    public init(reading bytes: [UInt8]) throws(ImageError) {
        guard !bytes.isEmpty else { throw .empty }
        guard let format = ImageFormat(sniffing: bytes) else { throw .unknownFormat }
        self = try Codec(format).header(of: bytes)
        orientation = Orientation(of: bytes, format: format)
    }

    init(format: ImageFormat, width: Int, height: Int, hasTransparency: Bool) {
        self.format = format
        self.width = width
        self.height = height
        self.hasTransparency = hasTransparency
    }
}
