/// All terms in order, each once, as one token.
struct FingerprintFilter: TokenFilter {
    var separator = " "
    /// Longer outputs, in UTF-16 code units, are none.
    var maximumLength = 255

    func apply(to stream: inout TokenStream) {
        let terms = Set(stream.tokens.map(\.term)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let joined = terms.joined(separator: separator)
        stream.tokens =
            terms.isEmpty || joined.utf16.count > maximumLength
            ? [] : [Token(joined, position: 0, startOffset: 0, endOffset: stream.endOffset, type: .fingerprint)]
        stream.positionCount = stream.tokens.count
    }
}
