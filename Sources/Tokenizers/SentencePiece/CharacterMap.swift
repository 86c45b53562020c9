/// SentencePiece's `precompiled_charsmap`: strings and what they become, as a double-array trie over UTF-8.
///
/// Source: https://github.com/google/sentencepiece, src/normalizer.cc (`DecodePrecompiledCharsMap`);
/// https://github.com/s-yata/darts-clone (units of 32 bits: label, leaf, offset, or a value).
struct CharacterMap: Sendable {
    struct Match {
        /// In bytes.
        var length: Int
        var replacement: ArraySlice<UInt8>
    }

    static let maximumBytes = 16 << 20
    /// The longest string that is looked for; those of NFKC have a few characters.
    private static let longestKey = 256
    private static let longestReplacement = 1024

    private let units: [UInt32]
    /// The replacements, each ended by a zero.
    private let strings: [UInt8]

    /// Nil for bytes that contradict the format.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count >= 4, bytes.count <= Self.maximumBytes else { return nil }
        func word(_ at: Int) -> UInt32 {
            bytes[at..<(at + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        let size = Int(word(bytes.startIndex)), start = bytes.startIndex + 4
        guard size >= 4, size.isMultiple(of: 4), size < bytes.endIndex - start else { return nil }
        units = stride(from: start, to: start + size, by: 4).map(word)
        strings = Array(bytes[(start + size)...])
        guard strings.last == 0 else { return nil }
    }

    /// The longest string of the map that `text` begins with.
    func longestMatch(in text: ArraySlice<UInt8>) -> Match? { match(in: text, takesFirst: false) }

    /// The shortest one.
    func shortestMatch(in text: ArraySlice<UInt8>) -> Match? { match(in: text, takesFirst: true) }

    private func match(in text: ArraySlice<UInt8>, takesFirst: Bool) -> Match? {
        var node = Self.offset(units[0]), found: Match?
        for (index, byte) in text.prefix(Self.longestKey).enumerated() {
            node ^= Int(byte)
            guard node < units.count else { break }
            let unit = units[node]
            // The upper bit marks a value, which is no label.
            guard unit & 0x8000_00FF == UInt32(byte) else { break }
            node ^= Self.offset(unit)
            guard unit & 0x100 != 0 else { continue }
            guard node < units.count, let replacement = string(at: Int(units[node] & 0x7FFF_FFFF)) else { break }
            found = Match(length: index + 1, replacement: replacement)
            if takesFirst { break }
        }
        return found
    }

    private static func offset(_ unit: UInt32) -> Int { Int((unit >> 10) << ((unit & 0x200) >> 6)) }

    private func string(at start: Int) -> ArraySlice<UInt8>? {
        guard start < strings.count, let end = strings[start...].prefix(Self.longestReplacement).firstIndex(of: 0) else { return nil }
        return strings[start..<end]
    }
}
