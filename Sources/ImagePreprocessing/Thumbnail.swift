/// A small copy of a picture, for showing many at once: upright, over white where it was transparent, without what its file
/// said beside the pixels.
public struct Thumbnail: Sendable, Equatable {
    /// The longer side, at most: sharp in a column of half that width on a dense screen.
    public static let side = 512
    /// A picture that is small already is taken as it is, whatever its format, if its file holds nothing but pixels.
    public static let smallBytes = 64 << 10
    /// A copy that was made elsewhere, a JPEG of the right size, may be larger: making it anew would win little, and cost the
    /// node more than all else that it does for the picture.
    private static let copyBytes = 256 << 10
    private static let quality = 82
    /// By how much the filter itself makes a picture smaller, at least, that was averaged before.
    private static let leastReduction = 1.5

    /// A JPEG file, or the picture's own bytes where it is small.
    public let bytes: [UInt8]

    /// - Parameter picture: an encoded picture.
    /// - Throws: `ImageError`.
    /// - Complexity: O(the picture's pixels); a large JPEG is decoded at a part of its size.
    public init(of picture: [UInt8], limits: ImageLimits = ImageLimits()) throws(ImageError) {
        // A small file is decoded too: what cannot be read is no thumbnail.
        try self.init(of: picture, decoded: try ImageDecoder(limits: limits).decode(picture, shorterSideAtLeast: Self.side))
    }

    /// - Parameter copy: an encoded picture that somebody made as a small copy elsewhere. Of one that is small its header alone is read.
    /// - Throws: `ImageError`.
    public init(madeElsewhere copy: [UInt8], limits: ImageLimits = ImageLimits()) throws(ImageError) {
        let header = try ImageHeader(reading: copy)
        let isTaken = Self.isSmall(copy, header, most: header.format == .jpeg ? Self.copyBytes : Self.smallBytes)
        bytes = isTaken ? copy : try Thumbnail(of: copy, limits: limits).bytes
    }

    /// - Parameters:
    ///   - picture: an encoded picture.
    ///   - image: the same decoded, and not turned.
    ///   - side: the longer side, at most.
    ///   - keepsSmall: a small picture's own bytes are taken, whatever its format.
    /// - Throws: `ImageError`.
    /// - Complexity: O(the picture's pixels).
    public init(
        of picture: [UInt8], decoded image: RGBImage, side: Int = Self.side, keepsSmall: Bool = true
    ) throws(ImageError) {
        let longer = max(image.width, image.height)
        // A large JPEG may be decoded at a part of its size: its header tells how large it is.
        let header = try ImageHeader(reading: picture)
        if keepsSmall, Self.isSmall(picture, header, side: side) {
            bytes = picture
            return
        }
        let scale = min(1, Double(side) / Double(longer))
        let size = PixelSize(
            width: max(1, Int((Double(image.width) * scale).rounded())), height: max(1, Int((Double(image.height) * scale).rounded())))
        // Averages first, where much is taken away: what a filter makes of the rest looks the same, for a part of the work.
        let reduced = image.averaged(by: Int(1 / (scale * Self.leastReduction)))
        bytes = try reduced.resized(to: size, filter: .bicubic).oriented(header.orientation).jpeg(quality: Self.quality)
    }

    /// Whether a picture's own bytes are its small copy: it is small, and its file says neither where it was taken nor how to turn it.
    ///
    /// - Parameter most: how many bytes a small one has.
    public static func isSmall(
        _ picture: [UInt8], _ header: ImageHeader, side: Int = Self.side, most: Int = Self.smallBytes
    ) -> Bool {
        max(header.width, header.height) <= side && picture.count <= most
            && !FileMetadata.isPresent(in: picture, format: header.format)
    }
}
