/// Stems that are given instead of found.
struct StemmerOverrideFilter: TokenFilter {
    var stems: [String: String]
    var ignoresCase = false

    func apply(to stream: inout TokenStream) {
        for index in stream.tokens.indices where !stream.tokens[index].isKeyword {
            let term = stream.tokens[index].term
            guard let stem = stems[ignoresCase ? term.simplyLowercased : term] else { continue }
            stream.tokens[index].term = stem
            stream.tokens[index].isKeyword = true
        }
    }
}
