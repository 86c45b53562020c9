/// Small letters, scalar by scalar; of Turkish, Greek and Irish by their own rules.
struct LowercaseFilter: TokenFilter {
    func apply(to stream: inout TokenStream) {
        for index in stream.tokens.indices {
            let term = stream.tokens[index].term
            let lower = term.simplyLowercased
            if lower != term { stream.tokens[index].term = lower }
        }
    }
}

/// A filter that changes each term by itself, and no offset or position.
struct TermFilter: TokenFilter {
    /// Whether words that `keyword_marker` marked stay.
    var sparesKeywords = false
    let transform: @Sendable (String) -> String

    func apply(to stream: inout TokenStream) {
        for index in stream.tokens.indices where !sparesKeywords || !stream.tokens[index].isKeyword {
            let term = stream.tokens[index].term
            let changed = transform(term)
            if changed != term { stream.tokens[index].term = changed }
        }
    }
}

/// A filter that removes tokens; the places of those removed stay empty.
struct SelectionFilter: TokenFilter {
    let keeps: @Sendable (Token) -> Bool

    func apply(to stream: inout TokenStream) {
        stream.tokens.removeAll { !keeps($0) }
    }
}
