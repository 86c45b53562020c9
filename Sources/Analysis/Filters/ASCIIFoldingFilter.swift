/// Terms in their nearest ASCII, and if asked for as they were beside it.
struct ASCIIFoldingFilter: TokenFilter {
    var preservesOriginal = false

    func apply(to stream: inout TokenStream) {
        var added: [(index: Int, token: Token)] = []
        for index in stream.tokens.indices {
            guard let folded = ASCIIFolding.folded(stream.tokens[index].term) else { continue }
            if preservesOriginal { added.append((index, stream.tokens[index])) }
            stream.tokens[index].term = folded
        }
        guard !added.isEmpty else { return }
        var tokens: [Token] = [], next = added.startIndex
        for (index, token) in stream.tokens.enumerated() {
            tokens.append(token)
            if next < added.endIndex, added[next].index == index {
                tokens.append(added[next].token)
                next += 1
            }
        }
        stream.tokens = tokens
    }
}
