/// A text as tokenizers read it: valid UTF-8, and what its places were before character filters changed it.
struct SourceText: Sendable {
    var bytes: [UInt8]
    /// Innermost filter last: offsets are followed back from the last to the first.
    var corrections: [OffsetCorrections] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    init(bytes: [UInt8], corrections: [OffsetCorrections] = []) {
        self.bytes = bytes
        self.corrections = corrections
    }

    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// The place in the original text of a place in this one, both in UTF-16 code units.
    func original(_ offset: Int) -> Int {
        corrections.reversed().reduce(offset) { $1.original($0) }
    }

    /// The scalar that begins at a byte, and its bytes. The bytes are valid UTF-8: they come from a `String`.
    @inline(__always)
    func scalar(at index: Int) -> (value: UInt32, length: Int) { UTF8Scalars.scalar(bytes, at: index) }
}

/// Reads scalars out of valid UTF-8.
enum UTF8Scalars {
    /// Bytes that end early read as U+FFFD of one byte, so that nothing is read beyond the end.
    @inline(__always)
    static func scalar(_ bytes: [UInt8], at index: Int) -> (value: UInt32, length: Int) {
        let first = UInt32(bytes[index])
        if first < 0x80 { return (first, 1) }
        if first < 0xE0, index + 1 < bytes.count { return ((first & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F), 2) }
        if first < 0xF0, index + 2 < bytes.count {
            return ((first & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F), 3)
        }
        if index + 3 < bytes.count {
            let high = (first & 0x07) << 18 | UInt32(bytes[index + 1] & 0x3F) << 12
            return (high | UInt32(bytes[index + 2] & 0x3F) << 6 | UInt32(bytes[index + 3] & 0x3F), 4)
        }
        return (0xFFFD, 1)
    }

    /// UTF-16 code units of a scalar that takes so many bytes of UTF-8.
    @inline(__always)
    static func utf16Length(ofBytes length: Int) -> Int { length == 4 ? 2 : 1 }

    /// UTF-16 code units of some UTF-8.
    static func utf16Count(_ bytes: some Sequence<UInt8>) -> Int {
        var count = 0
        for byte in bytes where byte & 0xC0 != 0x80 { count += byte >= 0xF0 ? 2 : 1 }
        return count
    }

    static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(scalar), let encoded = UTF8.encode(scalar) else { return }
        bytes.append(contentsOf: encoded)
    }
}
