/// One directory of a TIFF structure: values by their tags.
///
/// Everything is read where it is asked for, and every offset is checked: what leads outside is not there.
///
/// Source: TIFF 6.0, section 2.
struct TIFFDirectory {
    /// A directory has at most so many entries that are looked at: cameras write about a hundred.
    private static let maximumEntries = 1024
    /// A text longer than this is cut.
    private static let maximumText = 1024

    private enum ValueType: Int {
        case byte = 1, ascii, short, long, rational, signedByte, undefined, signedShort, signedLong, signedRational

        var size: Int {
            switch self {
            case .byte, .ascii, .signedByte, .undefined: 1
            case .short, .signedShort: 2
            case .long, .signedLong: 4
            case .rational, .signedRational: 8
            }
        }
    }

    private let reader: ByteReader
    /// Where each tag's entry is; of several the first.
    private let entries: [Int: Int]

    /// The first directory of a structure; nil where the bytes are none.
    init?(_ bytes: ArraySlice<UInt8>) {
        let isBig = bytes.starts(with: "MM".utf8)
        guard isBig || bytes.starts(with: "II".utf8) else { return nil }
        let reader = ByteReader(bytes: bytes, bigEndian: isBig)
        guard reader.integer(at: 2, count: 2) == 42, let start = reader.integer(at: 4, count: 4) else { return nil }
        self.init(reader, at: start)
    }

    private init?(_ reader: ByteReader, at start: Int) {
        guard let count = reader.integer(at: start, count: 2) else { return nil }
        var entries: [Int: Int] = [:]
        for number in 0..<min(count, Self.maximumEntries) {
            let position = start + 2 + number * 12
            guard reader.slice(at: position, count: 12) != nil, let tag = reader.integer(at: position, count: 2) else { break }
            if entries[tag] == nil { entries[tag] = position }
        }
        self.reader = reader
        self.entries = entries
    }

    /// The directory that a tag's value points to.
    func directory(_ tag: Int) -> TIFFDirectory? {
        integer(tag).flatMap { TIFFDirectory(reader, at: $0) }
    }

    /// A single whole number.
    func integer(_ tag: Int) -> Int? {
        guard let (type, _, position) = entry(tag) else { return nil }
        switch type {
        case .byte, .short, .long: return reader.integer(at: position, count: type.size)
        default: return nil
        }
    }

    /// A text, without what follows its first zero.
    func text(_ tag: Int) -> String? {
        guard let (type, count, position) = entry(tag), type == .ascii || type == .undefined || type == .byte,
            let bytes = reader.slice(at: position, count: min(count, Self.maximumText))
        else { return nil }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Fractions; nil where there are fewer, or one has no denominator.
    func rationals(_ tag: Int, count: Int) -> [Double]? {
        guard let (type, found, position) = entry(tag), type == .rational, found >= count else { return nil }
        var values: [Double] = []
        for number in 0..<count {
            guard let above = reader.integer(at: position + number * 8, count: 4),
                let below = reader.integer(at: position + number * 8 + 4, count: 4), below != 0
            else { return nil }
            values.append(Double(above) / Double(below))
        }
        return values
    }

    /// What a tag's value is, how many there are of it, and where they begin: in the entry itself if they have room there.
    private func entry(_ tag: Int) -> (type: ValueType, count: Int, position: Int)? {
        guard let position = entries[tag], let type = reader.integer(at: position + 2, count: 2).flatMap(ValueType.init),
            let count = reader.integer(at: position + 4, count: 4), count > 0
        else { return nil }
        if count <= 4 / type.size { return (type, count, position + 8) }
        guard let offset = reader.integer(at: position + 8, count: 4) else { return nil }
        return (type, count, offset)
    }
}
