/// Why bytes did not become a picture.
public enum ImageError: Error, Equatable, Sendable {
    case empty
    /// The first bytes belong to none of `ImageFormat`'s formats.
    case unknownFormat
    case tooManyBytes(count: Int, limit: Int)
    /// The header announces more pixels than `ImageLimits.pixels`; nothing was decoded.
    case tooManyPixels(width: Int, height: Int, limit: Int)
    /// A side is longer than `ImageLimits.side`; nothing was decoded.
    case sideTooLong(width: Int, height: Int, limit: Int)
    /// The data ends before the picture does.
    case truncated(ImageFormat, reason: String)
    case corrupt(ImageFormat, reason: String)
    /// The format allows it, the decoder does not: arithmetic coding, 12 bits, two components.
    case unsupported(ImageFormat, reason: String)
    case outOfMemory(ImageFormat)
}
