/// Makes a graph of tokens fit for an index: every token takes one place.
struct FlattenGraphFilter: TokenFilter {
    func apply(to stream: inout TokenStream) {
        for index in stream.tokens.indices { stream.tokens[index].positionLength = 1 }
        stream.tokens.sortByPosition()
    }
}
