/// A small copy of a picture, for showing many at once: upright, over white where it was transparent, without what its file
/// said beside the pixels.
public struct Thumbnail: Sendable, Equatable {
    /// The longer side, at most: sharp in a column of half that width on a dense screen.
    public static let side = 512
    /// A picture that is small already is taken as it is, whatever its format.
    public static let smallBytes = 64 << 10

    private static let quality = 82

    /// A JPEG file, or the picture's own bytes where it is small.
    public let bytes: [UInt8]

    /// - Parameter picture: an encoded picture.
    /// - Throws: `ImageError`.
    /// - Complexity: O(the picture's pixels); a large JPEG is decoded at a part of its size.
    public init(of picture: [UInt8], limits: ImageLimits = ImageLimits()) throws(ImageError) {
        // A small file is decoded too: what cannot be read is no thumbnail.
        try self.init(of: picture, decoded: try ImageDecoder(limits: limits).decode(picture, shorterSideAtLeast: Self.side))
    }

    /// - Parameters:
    ///   - picture: an encoded picture.
    ///   - image: the same decoded, and not turned.
    ///   - side: the longer side, at most.
    ///   - keepsSmall: a small picture's own bytes are taken, with all that its file says.
    /// - Throws: `ImageError`.
    /// - Complexity: O(the picture's pixels).
    public init(
        of picture: [UInt8], decoded image: RGBImage, side: Int = Self.side, keepsSmall: Bool = true
    ) throws(ImageError) {
        let longer = max(image.width, image.height)
        // A large JPEG may be decoded at a part of its size: its header tells how large it is.
        let header = try ImageHeader(reading: picture)
        if keepsSmall, Self.isSmall(header, bytes: picture.count, side: side) {
            bytes = picture
            return
        }
        let orientation = Orientation(of: picture, format: header.format)
        let scale = min(1, Double(side) / Double(longer))
        let size = PixelSize(
            width: max(1, Int((Double(image.width) * scale).rounded())), height: max(1, Int((Double(image.height) * scale).rounded())))
        bytes = try image.resized(to: size, filter: .lanczos).oriented(orientation).jpeg(quality: Self.quality)
    }

    /// Whether a picture's own bytes are its small copy.
    public static func isSmall(_ header: ImageHeader, bytes: Int, side: Int = Self.side) -> Bool {
        max(header.width, header.height) <= side && bytes <= smallBytes
    }
}
