/// Where a picture's file keeps its EXIF: a TIFF structure.
enum ExifSegment {
    private static let prefix = Array("Exif\0\0".utf8)

    /// The TIFF structure; nil where there is none, or the file's own structure leads nowhere.
    ///
    /// - Complexity: O(segments, or chunks).
    static func find(in bytes: [UInt8], format: ImageFormat) -> ArraySlice<UInt8>? {
        var exif: ArraySlice<UInt8>?
        _ = FilePart.walk(bytes, format) { part in
            let isIt =
                switch format {
                case .jpeg: part.name.first == 0xE1 && part.content.starts(with: prefix)
                case .png: part.name.elementsEqual("eXIf".utf8)
                case .webp: part.name.elementsEqual("EXIF".utf8)
                case .gif: false
                }
            if isIt { exif = part.content }
            return !isIt
        }
        return exif.map { $0.starts(with: prefix) ? $0.dropFirst(prefix.count) : $0 }
    }
}
