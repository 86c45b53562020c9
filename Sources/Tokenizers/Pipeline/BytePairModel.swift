/// Byte-pair encoding that begins with characters, and takes bytes for those that it does not know: Gemma's.
///
/// Source: Sennrich et al., arXiv 1508.07909; https://github.com/huggingface/tokenizers, src/models/bpe.
struct BytePairModel: Sendable {
    var vocabulary: Vocabulary
    var merges: PairMerges
    /// Stands for a character that is unknown, and whose bytes are; nil leaves such out.
    var unknown: Int32?
    /// Whether unknown characters in a row are one token.
    var fusesUnknown: Bool
    /// The id of each byte, where it has one: 256; nil for no such tokens.
    var byteSymbols: [Int32?]?
    /// Whether a word that is a token as a whole is not merged.
    var takesWholeWords: Bool

    /// - Parameter word: valid UTF-8.
    /// - Complexity: O(*n* log *n*).
    func append(_ word: [UInt8], to ids: inout [Int32]) {
        if takesWholeWords, let id = vocabulary[word[...], hash: Vocabulary.Hash(word)] { return ids.append(id) }
        var symbols: [Int32] = [], start = 0, followsUnknown = false
        symbols.reserveCapacity(word.count)
        while start < word.count {
            let end = min(word.count, start + UnigramModel.characterLength(word[start])), character = word[start..<end]
            start = end
            if let id = vocabulary[character, hash: Vocabulary.Hash(character)] {
                symbols.append(id)
            } else if let bytes = symbolsOfBytes(character) {
                symbols += bytes
            } else {
                if let unknown, !(fusesUnknown && followsUnknown) { symbols.append(unknown) }
                followsUnknown = true
                continue
            }
            followsUnknown = false
        }
        ids += merges.apply(to: symbols)
    }

    private func symbolsOfBytes(_ character: ArraySlice<UInt8>) -> [Int32]? {
        guard let byteSymbols else { return nil }
        let symbols = character.compactMap { byteSymbols[Int($0)] }
        return symbols.count == character.count ? symbols : nil
    }
}

/// The tokens that stand for bytes where byte fallback is on: `<0x00>` to `<0xFF>`.
enum ByteToken {
    static let all: [String] = {
        let digits = Array("0123456789ABCDEF")
        return (0..<256).map { "<0x\(digits[$0 >> 4])\(digits[$0 & 15])>" }
    }()
}
