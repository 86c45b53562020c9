/// Writes what a segment's directory says of its fields, as words of 64 bits.
struct DirectoryWriter {
    private(set) var words: [UInt64] = []

    mutating func write(_ value: Int) { words.append(UInt64(bitPattern: Int64(value))) }
    mutating func write(_ value: Bool) { words.append(value ? 1 : 0) }

    mutating func write(_ place: SectionWriter.Place) {
        write(place.offset)
        write(place.count)
    }

    mutating func write(_ text: String) {
        let bytes = Array(text.utf8)
        write(bytes.count)
        for start in stride(from: 0, to: bytes.count, by: 8) {
            words.append(
                bytes[start..<min(start + 8, bytes.count)].enumerated().reduce(0) { $0 | UInt64($1.element) << (8 * UInt64($1.offset)) })
        }
    }
}
