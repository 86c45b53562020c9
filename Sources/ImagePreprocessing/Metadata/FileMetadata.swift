/// What a picture's file says beside its pixels and their colours: EXIF, XMP, comments, who made it with what.
enum FileMetadata {
    /// Whether there may be any. A part that is not known counts, and so does a file whose parts lead nowhere.
    ///
    /// - Complexity: O(parts); of a GIF O(blocks).
    static func isPresent(in bytes: [UInt8], format: ImageFormat) -> Bool {
        !FilePart.walk(bytes, format) { part in
            let name = String(decoding: part.name, as: UTF8.self)
            return switch format {
            case .jpeg: isOfPixels(marker: part.name.first ?? 0, part.content)
            case .png: pngChunks.contains(name)
            case .webp: webpChunks.contains(name)
            // What is to be shown how long, and how often.
            case .gif: part.name.first == 0xF9 || part.name.first == 0xFF && part.content.starts(with: "NETSCAPE2.0".utf8)
            }
        }
    }

    private static let pngChunks: Set = [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "hIST", "pHYs", "acTL", "fcTL", "fdAT",
    ]
    private static let webpChunks: Set = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]

    /// JFIF's header, a colour profile and Adobe's colour transform, quantisation and Huffman tables, frames, restart intervals.
    private static func isOfPixels(marker: UInt8, _ content: ArraySlice<UInt8>) -> Bool {
        switch marker {
        case 0xE0: content.starts(with: "JFIF\0".utf8)
        case 0xE2: content.starts(with: "ICC_PROFILE\0".utf8)
        case 0xEE: content.starts(with: "Adobe".utf8)
        case 0xC0...0xCF, 0xDB, 0xDD: true
        default: false
        }
    }
}
