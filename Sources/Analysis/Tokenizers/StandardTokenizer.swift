/// Words by UAX #29, as Lucene's `StandardTokenizer` finds them: ideographs and hiragana one by one, runs of katakana,
/// hangul and the scripts without spaces, emoji by their sequences.
///
/// Source: https://lucene.apache.org/core/10_0_0/core/org/apache/lucene/analysis/standard/StandardTokenizer.html
struct StandardTokenizer: Tokenizer {
    static let defaultMaximumLength = 255

    /// Longer words are cut into pieces of so many UTF-16 code units.
    var maximumLength = Self.defaultMaximumLength
    /// Makes letters small on the way, which saves a pass.
    var lowercases = false

    func tokens(of text: SourceText) -> TokenStream {
        var scanner = StandardTokenScanner(text.bytes, maximumLength: maximumLength)
        var tokens: [Token] = []
        tokens.reserveCapacity(text.bytes.count / 6 + 1)
        while scanner.findNext() {
            let term = term(of: text.bytes, scanner)
            tokens.append(
                Token(
                    term, position: tokens.count, startOffset: scanner.startOffset, endOffset: scanner.endOffset,
                    type: scanner.type))
        }
        return TokenStream(tokens: tokens, positionCount: tokens.count, endOffset: scanner.endOffset)
    }

    @inline(__always)
    private func term(of bytes: [UInt8], _ scanner: StandardTokenScanner) -> String {
        let start = scanner.start, count = scanner.end - scanner.start
        if scanner.isASCII {
            let mask: UInt8 = lowercases ? 0x20 : 0
            return String(unsafeUninitializedCapacity: count) { buffer in
                for index in 0..<count {
                    let byte = bytes[start + index]
                    buffer[index] = byte &- 0x41 < 26 ? byte | mask : byte
                }
                return count
            }
        }
        let term = String(decoding: bytes[start..<scanner.end], as: UTF8.self)
        return lowercases ? term.simplyLowercased : term
    }
}
