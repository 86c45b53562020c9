extension Tokenizer {
    /// Encodes a text of which only the beginning counts: the same ids as `encode`, in a time that does not grow with what is
    /// cut off.
    ///
    /// Only in a word of tens of thousands of letters may the last ids differ.
    ///
    /// - Complexity: O(`maximumLength`), unless the beginning has fewer ids than that.
    public func encode(beginningOf text: String, maximumLength: Int) -> TokenizedText {
        // More than any vocabulary's longest token, and the spaces around it.
        let bytes = max(16_384, maximumLength * 128)
        guard text.utf8.count > bytes else { return encode(text, maximumLength: maximumLength) }
        let end = text.utf8.index(text.startIndex, offsetBy: bytes)
        let head = String(decoding: text.utf8[..<end], as: UTF8.self)
        let words = head.lastIndex(where: \.isWhitespace).map { String(head[..<$0]) } ?? head
        let encoded = encode(words, maximumLength: maximumLength)
        return encoded.isTruncated ? encoded : encode(text, maximumLength: maximumLength)
    }
}
