extension Tokenizer {
    /// Encodes a text of which only the beginning counts: the same ids as `encode`, in a time that does not grow with what is
    /// cut off.
    ///
    /// Only in a word of tens of thousands of letters may the last ids differ, and nothing behind the first MiB is read.
    ///
    /// - Complexity: O(`maximumLength`), or a MiB's where that has fewer ids.
    public func encode(beginningOf text: String, maximumLength: Int) -> TokenizedText {
        // More than any vocabulary's longest token, and the spaces around it.
        let bytes = max(16_384, maximumLength * 128)
        let encoded = encode(beginning(of: text, bytes: bytes), maximumLength: maximumLength)
        if encoded.isTruncated || text.utf8.count <= bytes { return encoded }
        return encode(beginning(of: text, bytes: 1 << 20), maximumLength: maximumLength)
    }

    /// Whole words, if there is more than one.
    private func beginning(of text: String, bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        let head = String(decoding: text.utf8.prefix(bytes), as: UTF8.self)
        return head.lastIndex(where: \.isWhitespace).map { String(head[..<$0]) } ?? head
    }
}
