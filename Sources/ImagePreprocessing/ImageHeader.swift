/// What a picture's header says, without decoding the pixels.
public struct ImageHeader: Sendable, Equatable {
    public let format: ImageFormat
    public let width: Int
    public let height: Int
    /// There may be transparent pixels: an alpha channel, or a transparent colour.
    public let hasTransparency: Bool

    /// Reads the header.
    ///
    /// - Complexity: O(header); the pixels are not touched.
    public init(reading bytes: [UInt8]) throws(ImageError) {
        guard !bytes.isEmpty else { throw .empty }
        guard let format = ImageFormat(sniffing: bytes) else { throw .unknownFormat }
        self = try Codec(format).header(of: bytes)
    }

    init(format: ImageFormat, width: Int, height: Int, hasTransparency: Bool) {
        self.format = format
        self.width = width
        self.height = height
        self.hasTransparency = hasTransparency
    }
}
