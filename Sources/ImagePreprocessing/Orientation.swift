/// EXIF's orientation tag (0x0112): how a stored picture is to be turned for display.
public enum Orientation: Int, Sendable, CaseIterable {
    case upright = 1
    case mirrored, upsideDown, mirroredUpsideDown, mirroredQuarterLeft, quarterRight, mirroredQuarterRight, quarterLeft

    /// The orientation an encoded picture states; `upright` where it states none, or nonsense.
    init(of bytes: [UInt8], format: ImageFormat) {
        let exif: ArraySlice<UInt8>? =
            switch format {
            case .jpeg: Self.jpegSegment(bytes)
            case .png: Self.chunk("eXIf", in: bytes, from: 8, bigEndian: true, padded: false)
            case .webp: Self.chunk("EXIF", in: bytes, from: 12, bigEndian: false, padded: true)
            case .gif: nil
            }
        self = exif.flatMap { Self.tag($0) } ?? .upright
    }

    private static let exifPrefix = Array("Exif\0\0".utf8)

    private static func jpegSegment(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
        var position = 2
        while position + 4 <= bytes.count, bytes[position] == 0xFF, bytes[position + 1] != 0xDA {
            let end = position + 2 + Int(bytes[position + 2]) << 8 + Int(bytes[position + 3])
            guard end >= position + 4, end <= bytes.count else { return nil }
            let content = bytes[(position + 4)..<end]
            if bytes[position + 1] == 0xE1, content.starts(with: exifPrefix) { return content }
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

    /// The tag in the first directory of a TIFF structure.
    private static func tag(_ exif: ArraySlice<UInt8>) -> Orientation? {
        let tiff = exif.starts(with: exifPrefix) ? exif.dropFirst(exifPrefix.count) : exif
        guard tiff.starts(with: "MM".utf8) || tiff.starts(with: "II".utf8) else { return nil }
        let reader = ByteReader(bytes: tiff, bigEndian: tiff.starts(with: "MM".utf8))
        guard let directory = reader.integer(at: 4, count: 4), let entries = reader.integer(at: directory, count: 2) else {
            return nil
        }
        for entry in 0..<entries {
            let position = directory + 2 + entry * 12
            guard let tag = reader.integer(at: position, count: 2) else { return nil }
            if tag == 0x0112 { return reader.integer(at: position + 8, count: 2).flatMap(Orientation.init) }
        }
        return nil
    }
}

/// Bounds-checked integers in either byte order.
private struct ByteReader {
    let bytes: ArraySlice<UInt8>
    let bigEndian: Bool

    func integer(at offset: Int, count: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - count else { return nil }
        let digits = bytes.dropFirst(offset).prefix(count)
        return bigEndian ? digits.reduce(0) { $0 << 8 | Int($1) } : digits.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}

extension RGBImage {
    /// This picture turned as `orientation` asks.
    ///
    /// - Complexity: O(pixels).
    public func oriented(_ orientation: Orientation) -> RGBImage {
        guard orientation != .upright else { return self }
        let transposes = orientation.rawValue > 4
        let (newWidth, newHeight) = transposes ? (height, width) : (width, height)
        var turned: [UInt8] = []
        turned.reserveCapacity(pixels.count)
        for y in 0..<newHeight {
            for x in 0..<newWidth {
                let (sourceX, sourceY) =
                    switch orientation {
                    case .upright: (x, y)
                    case .mirrored: (width - 1 - x, y)
                    case .upsideDown: (width - 1 - x, height - 1 - y)
                    case .mirroredUpsideDown: (x, height - 1 - y)
                    case .mirroredQuarterLeft: (y, x)
                    case .quarterRight: (y, height - 1 - x)
                    case .mirroredQuarterRight: (width - 1 - y, height - 1 - x)
                    case .quarterLeft: (width - 1 - y, x)
                    }
                let source = (sourceY * width + sourceX) * 3
                turned.append(contentsOf: pixels[source..<(source + 3)])
            }
        }
        return RGBImage(width: newWidth, height: newHeight, pixels: turned)
    }
}
