/// The first tokens of a text.
struct LimitFilter: TokenFilter {
    var maximum: Int

    func apply(to stream: inout TokenStream) {
        guard stream.tokens.count > maximum else { return }
        stream.tokens.removeLast(stream.tokens.count - maximum)
        stream.positionCount = stream.tokens.last.map { $0.position + 1 } ?? 0
    }
}
