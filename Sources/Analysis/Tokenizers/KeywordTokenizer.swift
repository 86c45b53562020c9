/// The whole text as one token, the empty text too.
struct KeywordTokenizer: Tokenizer {
    func tokens(of text: SourceText) -> TokenStream {
        let length = UTF8Scalars.utf16Count(text.bytes)
        return TokenStream(
            tokens: [Token(text.string, position: 0, startOffset: 0, endOffset: length)], positionCount: 1, endOffset: length)
    }
}
