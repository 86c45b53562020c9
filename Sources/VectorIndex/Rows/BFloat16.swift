/// Conversions between floats and their upper halves.
enum BFloat16 {
    /// The nearest; ties to even. Not a number stays so, and what leaves the range becomes infinite.
    static func bits(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        if value.isNaN { return UInt16(truncatingIfNeeded: bits >> 16) | 0x40 }
        // Cannot overflow: the greatest pattern that is no NaN is infinity's.
        return UInt16(truncatingIfNeeded: (bits &+ 0x7fff &+ (bits >> 16 & 1)) >> 16)
    }

    static func value(_ bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) << 16) }

    static func rounded(_ value: Float) -> Float { self.value(bits(value)) }
}
