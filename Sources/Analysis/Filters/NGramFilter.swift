/// Pieces of each term, in the place of the term: the `ngram` and `edge_ngram` filters.
struct NGramFilter: TokenFilter {
    enum Side: Sendable {
        case everywhere, front, back
    }

    var minimum: Int
    var maximum: Int
    var side = Side.everywhere
    /// Keeps terms that are shorter or longer than pieces.
    var preservesOriginal = false

    func apply(to stream: inout TokenStream) throws(AnalysisError) {
        var tokens: [Token] = [], budget = OutputBudget()
        for token in stream.tokens {
            let scalars = Array(token.term.unicodeScalars)
            func add(_ range: Range<Int>) throws(AnalysisError) {
                var piece = token
                piece.term = String(String.UnicodeScalarView(scalars[range]))
                try budget.spend(piece.term)
                tokens.append(piece)
            }
            let longest = min(maximum, scalars.count)
            if longest >= minimum {
                switch side {
                case .front: for count in minimum...longest { try add(0..<count) }
                case .back: for count in minimum...longest { try add((scalars.count - count)..<scalars.count) }
                case .everywhere:
                    for start in scalars.indices where start + minimum <= scalars.count {
                        for count in minimum...min(maximum, scalars.count - start) { try add(start..<(start + count)) }
                    }
                }
            }
            if preservesOriginal, scalars.count < minimum || scalars.count > maximum { tokens.append(token) }
        }
        stream.tokens = tokens
    }
}
