/// Which shard holds a document.
///
/// The hash is Elasticsearch's: Murmur3 (32 bits, seed 0) over the UTF-16 code units, little-endian, of the routing value.
/// Source: https://www.elastic.co/docs/reference/elasticsearch/mapping-reference/mapping-routing-field
enum ShardRouting {
    /// - Parameter key: `routing`, or else `_id`.
    /// - Complexity: O(*n*) in the key's length.
    static func shard(for key: String, of count: Int) -> Int {
        let remainder = Int(hash(key)) % count
        return remainder < 0 ? remainder + count : remainder
    }

    /// Murmur3 x86 32-bit (Austin Appleby, public domain algorithm).
    static func hash(_ key: String) -> Int32 {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(key.utf8.count * 2)
        for unit in key.utf16 {
            bytes.append(UInt8(truncatingIfNeeded: unit))
            bytes.append(UInt8(truncatingIfNeeded: unit >> 8))
        }
        var hash: UInt32 = 0
        var position = 0
        while position + 4 <= bytes.count {
            hash ^= scrambled(word(bytes, position, 4))
            hash = (hash << 13 | hash >> 19) &* 5 &+ 0xE654_6B64
            position += 4
        }
        if position < bytes.count { hash ^= scrambled(word(bytes, position, bytes.count - position)) }
        hash ^= UInt32(truncatingIfNeeded: bytes.count)
        hash = (hash ^ hash >> 16) &* 0x85EB_CA6B
        hash = (hash ^ hash >> 13) &* 0xC2B2_AE35
        return Int32(bitPattern: hash ^ hash >> 16)
    }

    private static func word(_ bytes: [UInt8], _ start: Int, _ count: Int) -> UInt32 {
        (0..<count).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
    }

    private static func scrambled(_ word: UInt32) -> UInt32 {
        let mixed = word &* 0xCC9E_2D51
        return (mixed << 15 | mixed >> 17) &* 0x1B87_3593
    }
}
