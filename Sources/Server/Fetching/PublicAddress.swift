/// Which addresses of the internet protocol belong to the public internet: a node that is told to fetch something must not be
/// led to what only it can reach.
///
/// Source: the IANA IPv4 and IPv6 special-purpose address registries (RFC 6890 and its updates).
enum PublicAddress {
    /// - Parameter bytes: 4 or 16, in network order. An IPv6 address that stands for an IPv4 one, or is translated to one on the way,
    ///   is none that is connected to.
    static func allows(_ bytes: [UInt8]) -> Bool {
        switch bytes.count {
        case 4: !special4.contains { matches(bytes, $0.prefix, $0.bits) }
        // All that is given out of IPv6 is in 2000::/3: loopback, link-local, private and mapped addresses are outside.
        case 16: matches(bytes, [0x20], 3) && !special6.contains { matches(bytes, $0.prefix, $0.bits) }
        default: false
        }
    }

    private static let special4: [(prefix: [UInt8], bits: Int)] = [
        ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12), ([192, 0, 0], 24), ([192, 0, 2], 24),
        ([192, 31, 196], 24), ([192, 52, 193], 24), ([192, 88, 99], 24), ([192, 168], 16), ([192, 175, 48], 24), ([198, 18], 15),
        ([198, 51, 100], 24), ([203, 0, 113], 24), ([224], 4), ([240], 4),
    ]

    /// Of 2000::/3: protocol assignments with Teredo and ORCHID, documentation, 6to4.
    private static let special6: [(prefix: [UInt8], bits: Int)] = [
        ([0x20, 0x01, 0x00], 23), ([0x20, 0x01, 0x0D, 0xB8], 32), ([0x20, 0x02], 16), ([0x26, 0x20, 0x00, 0x4F, 0x80, 0x00], 48),
        ([0x3F, 0xFF, 0x00], 20),
    ]

    private static func matches(_ address: [UInt8], _ prefix: [UInt8], _ bits: Int) -> Bool {
        for place in 0..<bits {
            let mask = UInt8(0x80) >> UInt8(place & 7), index = place >> 3
            let wanted = index < prefix.count ? prefix[index] & mask : 0
            guard index < address.count, address[index] & mask == wanted else { return false }
        }
        return true
    }
}
