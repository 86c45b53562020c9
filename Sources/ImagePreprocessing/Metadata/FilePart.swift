/// A part of a picture's file: one of JPEG's segments before the pixels, of PNG's or RIFF's chunks, or of GIF's extensions.
struct FilePart {
    /// A JPEG marker's second byte, a chunk's four letters, or a GIF extension's label.
    let name: ArraySlice<UInt8>
    /// Of a GIF's extension the first block.
    let content: ArraySlice<UInt8>

    /// Visits the parts in the file's order until `visit` returns false.
    ///
    /// - Returns: whether all of them were visited: up to a JPEG's pixels, or to the very end of another file.
    /// - Complexity: O(parts).
    static func walk(_ bytes: [UInt8], _ format: ImageFormat, _ visit: (FilePart) -> Bool) -> Bool {
        switch format {
        case .jpeg: walkSegments(bytes, visit)
        case .png: walkChunks(bytes, from: 8, isRIFF: false, visit)
        case .webp: walkChunks(bytes, from: 12, isRIFF: true, visit)
        case .gif: walkExtensions(bytes, visit)
        }
    }

    private static func walkSegments(_ bytes: [UInt8], _ visit: (FilePart) -> Bool) -> Bool {
        var position = 2
        while position + 4 <= bytes.count, bytes[position] == 0xFF {
            if bytes[position + 1] == 0xDA { return true }
            let end = position + 2 + Int(bytes[position + 2]) << 8 + Int(bytes[position + 3])
            guard end >= position + 4, end <= bytes.count else { return false }
            guard visit(FilePart(name: bytes[(position + 1)...(position + 1)], content: bytes[(position + 4)..<end])) else { return false }
            position = end
        }
        return false
    }

    /// PNG's chunks are length, name, data, checksum; RIFF's are name, length, data, padding.
    private static func walkChunks(_ bytes: [UInt8], from start: Int, isRIFF: Bool, _ visit: (FilePart) -> Bool) -> Bool {
        var position = start
        while position + 8 <= bytes.count {
            let length = ByteReader(bytes: bytes[...], bigEndian: !isRIFF).integer(at: isRIFF ? position + 4 : position, count: 4) ?? 0
            guard length <= bytes.count - position - 8 else { return false }
            let nameAt = isRIFF ? position : position + 4, content = position + 8
            let part = FilePart(name: bytes[nameAt..<(nameAt + 4)], content: bytes[content..<(content + length)])
            guard visit(part) else { return false }
            position = content + length + (isRIFF ? length % 2 : 4)
        }
        return position == bytes.count
    }

    /// A header and a table of colours, then extensions and frames, each of blocks that say how long they are, and an end.
    private static func walkExtensions(_ bytes: [UInt8], _ visit: (FilePart) -> Bool) -> Bool {
        func tableSize(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }
        guard bytes.count > 13 else { return false }
        var position = 13 + tableSize(bytes[10])
        while position < bytes.count {
            var blocks = position + 2
            switch bytes[position] {
            case 0x3B: return position == bytes.count - 1
            case 0x21: break
            case 0x2C where position + 9 < bytes.count: blocks = position + 11 + tableSize(bytes[position + 9])
            default: return false
            }
            guard blocks < bytes.count else { return false }
            let content = bytes[(blocks + 1)...].prefix(Int(bytes[blocks]))
            if bytes[position] == 0x21, !visit(FilePart(name: bytes[(position + 1)...(position + 1)], content: content)) { return false }
            while blocks < bytes.count, bytes[blocks] != 0 { blocks += Int(bytes[blocks]) + 1 }
            position = blocks + 1
        }
        return false
    }
}
