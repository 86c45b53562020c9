/// Bounds-checked integers in either byte order.
struct ByteReader {
    let bytes: ArraySlice<UInt8>
    let bigEndian: Bool

    func integer(at offset: Int, count: Int) -> Int? {
        guard let digits = slice(at: offset, count: count) else { return nil }
        return bigEndian ? digits.reduce(0) { $0 << 8 | Int($1) } : digits.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// - Returns: nil where there are not as many.
    func slice(at offset: Int, count: Int) -> ArraySlice<UInt8>? {
        guard offset >= 0, count >= 0, count <= bytes.count, offset <= bytes.count - count else { return nil }
        return bytes.dropFirst(offset).prefix(count)
    }
}
