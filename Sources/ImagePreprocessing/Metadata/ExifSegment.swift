/// Where a picture's file keeps its EXIF: a TIFF structure.
enum ExifSegment {
    private static let prefix = Array("Exif\0\0".utf8)

    /// The TIFF structure; nil where there is none, or the file's own structure leads nowhere.
    ///
    /// - Complexity: O(segments, or chunks).
    static func find(in bytes: [UInt8], format: ImageFormat) -> ArraySlice<UInt8>? {
        let exif: ArraySlice<UInt8>? =
            switch format {
            case .jpeg: jpegSegment(bytes)
            case .png: chunk("eXIf", in: bytes, from: 8, bigEndian: true, padded: false)
            case .webp: chunk("EXIF", in: bytes, from: 12, bigEndian: false, padded: true)
            case .gif: nil
            }
        return exif.map { $0.starts(with: prefix) ? $0.dropFirst(prefix.count) : $0 }
    }

    private static func jpegSegment(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
        var position = 2
        while position + 4 <= bytes.count, bytes[position] == 0xFF, bytes[position + 1] != 0xDA {
            let end = position + 2 + Int(bytes[position + 2]) << 8 + Int(bytes[position + 3])
            guard end >= position + 4, end <= bytes.count else { return nil }
            let content = bytes[(position + 4)..<end]
            if bytes[position + 1] == 0xE1, content.starts(with: prefix) { return content }
            position = end
        }
        return nil
    }

    /// Walks PNG's chunks (length, name, data, checksum) or RIFF's (name, length, data, padding).
    private static func chunk(
        _ name: String, in bytes: [UInt8], from start: Int, bigEndian: Bool, padded: Bool
    ) -> ArraySlice<UInt8>? {
        var position = start
        while position + 8 <= bytes.count {
            let lengthAt = bigEndian ? position : position + 4
            let length = ByteReader(bytes: bytes[...], bigEndian: bigEndian).integer(at: lengthAt, count: 4) ?? 0
            guard length <= bytes.count - position - 8 else { return nil }
            let content = bytes[(position + 8)..<(position + 8 + length)]
            let nameAt = bigEndian ? position + 4 : position
            if bytes[nameAt..<(nameAt + 4)].elementsEqual(name.utf8) { return content }
            position += 8 + length + (padded ? length % 2 : 4)
        }
        return nil
    }
}
