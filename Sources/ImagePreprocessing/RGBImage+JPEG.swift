internal import CImageCodecs

extension RGBImage {
    /// The picture as a JPEG file.
    ///
    /// - Parameter quality: of libjpeg, 1 to 100.
    /// - Throws: `ImageError.sideTooLong` where JPEG has no room for a side, `.outOfMemory`.
    /// - Complexity: O(pixels).
    public func jpeg(quality: Int) throws(ImageError) -> [UInt8] {
        let limit = Self.longestJPEGSide
        guard max(width, height) <= limit else { throw .sideTooLong(width: width, height: height, limit: limit) }
        var bytes: UnsafeMutablePointer<UInt8>?
        var size = 0
        var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_LENGTH))
        let status = pixels.withUnsafeBufferPointer { pixels in
            cimage_write_jpeg(
                pixels.baseAddress, UInt32(width), UInt32(height), Int32(min(max(quality, 1), 100)), &bytes, &size, &message)
        }
        defer { cimage_free(bytes) }
        guard status == CIMAGE_OK, let bytes else { throw .outOfMemory(.jpeg) }
        return Array(UnsafeBufferPointer(start: bytes, count: size))
    }

    /// libjpeg's `JPEG_MAX_DIMENSION`.
    private static let longestJPEGSide = 65_500
}
