/// What a picture may cost. Sizes are read from the header and checked before anything is allocated.
public struct ImageLimits: Sendable, Equatable {
    /// Encoded bytes.
    public var bytes: Int
    /// Width times height; decoding takes 3 to 10 bytes for each.
    public var pixels: Int
    /// The longer side. Every format but PNG ends here or before.
    public var side: Int

    public init(bytes: Int = 100 << 20, pixels: Int = 50_000_000, side: Int = 65_535) {
        self.bytes = bytes
        self.pixels = pixels
        self.side = side
    }

    func check(byteCount: Int) throws(ImageError) {
        guard byteCount > 0 else { throw .empty }
        guard byteCount <= bytes else { throw .tooManyBytes(count: byteCount, limit: bytes) }
    }

    func check(width: Int, height: Int) throws(ImageError) {
        guard max(width, height) <= side else { throw .sideTooLong(width: width, height: height, limit: side) }
        guard width * height <= pixels else { throw .tooManyPixels(width: width, height: height, limit: pixels) }
    }
}
