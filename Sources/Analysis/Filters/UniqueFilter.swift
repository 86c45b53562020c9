/// Each term once: in the whole text, or in one place.
struct UniqueFilter: TokenFilter {
    var onlyOnSamePosition = false

    func apply(to stream: inout TokenStream) {
        var seen = Set<String>(), position = -1
        stream.tokens.removeAll { token in
            if onlyOnSamePosition, token.position != position {
                seen.removeAll(keepingCapacity: true)
                position = token.position
            }
            return !seen.insert(token.term).inserted
        }
    }
}
