/// SplitMix64's mixing (Steele, Lea and Flood, 2014): near numbers become ones that have nothing to do with one another.
public enum BitMixer {
    /// The step between numbers that are mixed one after the other.
    public static let step: UInt64 = 0x9e37_79b9_7f4a_7c15

    /// A permutation of all 64-bit numbers.
    public static func mixed(_ number: UInt64) -> UInt64 {
        var z = (number ^ (number >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
