/// Runs of characters of one kind: the `letter`, `lowercase`, `whitespace` and `char_group` tokenizers.
struct CharacterTokenizer: Tokenizer {
    static let defaultMaximumLength = 255

    /// Whether a scalar belongs to a token.
    let accepts: @Sendable (UInt32) -> Bool
    var lowercases = false
    /// Longer runs are cut into pieces of so many UTF-16 code units.
    var maximumLength = Self.defaultMaximumLength

    func tokens(of text: SourceText) -> TokenStream {
        var stream = TokenStream()
        var start = 0, startOffset = 0, index = 0, offset = 0
        func finish() {
            guard index > start else { return }
            let term = String(decoding: text.bytes[start..<index], as: UTF8.self)
            stream.tokens.append(
                Token(
                    lowercases ? term.simplyLowercased : term, position: stream.tokens.count, startOffset: startOffset,
                    endOffset: offset))
        }
        while index < text.bytes.count {
            let (scalar, length) = text.scalar(at: index)
            let units = UTF8Scalars.utf16Length(ofBytes: length)
            if accepts(scalar) {
                if index > start, offset + units - startOffset > maximumLength {
                    finish()
                    (start, startOffset) = (index, offset)
                }
                index += length
                offset += units
            } else {
                finish()
                index += length
                offset += units
                (start, startOffset) = (index, offset)
            }
        }
        finish()
        stream.positionCount = stream.tokens.count
        stream.endOffset = offset
        return stream
    }
}
