/// A table from tokens to ids, compared byte by byte (`String` would take canonically equivalent tokens for one).
///
/// Lookups hash incrementally, so that all prefixes of a word cost one pass.
public struct Vocabulary: Sendable {
    /// FNV-1a, which can be continued byte by byte.
    struct Hash {
        private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

        init(_ bytes: some Sequence<UInt8> = []) {
            for byte in bytes { append(byte) }
        }

        mutating func append(_ byte: UInt8) {
            value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
        }
    }

    private struct Entry {
        var start: UInt32
        var end: UInt32
        var id: Int32
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// Open addressing; an index into `entries`, or -1.
    private var slots: [Int32]

    /// - Parameter tokens: pairs of a token and its id. Of a token that stands more than once the last id counts.
    public init(_ tokens: some Collection<(token: String, id: Int32)>) {
        var capacity = 16
        while capacity < tokens.count * 2 { capacity *= 2 }
        slots = [Int32](repeating: -1, count: capacity)
        entries.reserveCapacity(tokens.count)
        for (token, id) in tokens {
            let utf8 = Array(token.utf8)
            let slot = slot(of: utf8[...], prefixed: [], hash: Hash(utf8).value)
            if slots[slot] >= 0 {
                entries[Int(slots[slot])].id = id
            } else {
                slots[slot] = Int32(entries.count)
                entries.append(Entry(start: UInt32(bytes.count), end: UInt32(bytes.count + utf8.count), id: id))
                bytes += utf8
            }
        }
    }

    /// The number of different tokens.
    public var count: Int { entries.count }

    /// The id of `token`.
    public subscript(token: String) -> Int32? {
        let utf8 = Array(token.utf8)
        return self[utf8[...], hash: Hash(utf8)]
    }

    /// The id of a token that must be there.
    ///
    /// - Parameter file: what the error names.
    /// - Throws: `TokenizerError.missingToken`.
    func id(of token: String, file: String) throws(TokenizerError) -> Int32 {
        guard let id = self[token] else { throw .missingToken(file: file, token: token) }
        return id
    }

    /// The id of the token `prefix + token`, whose hash is known.
    subscript(token: ArraySlice<UInt8>, prefixed prefix: [UInt8] = [], hash hash: Hash) -> Int32? {
        let entry = slots[slot(of: token, prefixed: prefix, hash: hash.value)]
        return entry < 0 ? nil : entries[Int(entry)].id
    }

    /// Where the token stands, or the free slot where it would.
    private func slot(of token: ArraySlice<UInt8>, prefixed prefix: [UInt8], hash: UInt64) -> Int {
        let mask = slots.count - 1
        // The low bits of FNV are its weak ones.
        var slot = Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while slots[slot] >= 0 {
            let entry = entries[Int(slots[slot])]
            let stored = bytes[Int(entry.start)..<Int(entry.end)]
            if stored.count == prefix.count + token.count, stored.starts(with: prefix),
                stored.dropFirst(prefix.count).elementsEqual(token)
            {
                return slot
            }
            slot = (slot + 1) & mask
        }
        return slot
    }
}
