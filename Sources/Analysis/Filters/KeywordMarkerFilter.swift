/// Marks words that stemmers leave alone.
struct KeywordMarkerFilter: TokenFilter {
    var words: Set<String> = []
    var pattern: Pattern?
    var ignoresCase = false

    func apply(to stream: inout TokenStream) throws(AnalysisError) {
        for index in stream.tokens.indices {
            let term = stream.tokens[index].term
            if let pattern {
                if try pattern.matchesWhole(term) { stream.tokens[index].isKeyword = true }
            } else if words.contains(ignoresCase ? term.simplyLowercased : term) {
                stream.tokens[index].isKeyword = true
            }
        }
    }
}

/// Every token twice: once as a keyword, so that the word and its stem can both be found.
struct KeywordRepeatFilter: TokenFilter {
    func apply(to stream: inout TokenStream) {
        stream.tokens = stream.tokens.flatMap { token in
            var keyword = token, plain = token
            keyword.isKeyword = true
            plain.isKeyword = false
            return [keyword, plain]
        }
    }
}
