/// Lengths in a byte, as Lucene's norms hold them (`SmallFloat.intToByte4`): exact up to 39, from there on with four
/// significant bits.
enum LengthCode {
    /// Lengths below this are their own codes.
    private static let exact = 24

    static func encode(_ length: Int) -> UInt8 {
        if length < exact { return UInt8(max(length, 0)) }
        return UInt8(clamping: exact + packed(length - exact))
    }

    static func decode(_ code: UInt8) -> Int { Int(code) < exact ? Int(code) : exact + unpacked(Int(code) - exact) }

    /// All lengths, by their codes.
    static let lengths: [Float] = (0...255).map { Float(decode(UInt8($0))) }

    /// A number by its highest four bits, the first of which is left out, and how far they are shifted.
    private static func packed(_ value: Int) -> Int {
        let bits = Int.bitWidth - value.leadingZeroBitCount
        if bits < 4 { return value }
        let shift = bits - 4
        return (value >> shift & 7) | (shift + 1) << 3
    }

    private static func unpacked(_ code: Int) -> Int {
        let shift = code >> 3 - 1
        return shift < 0 ? code & 7 : (code & 7 | 8) << shift
    }
}
