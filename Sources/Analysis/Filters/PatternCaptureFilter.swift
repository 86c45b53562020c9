/// The groups that patterns find in each term, in the place of the term.
struct PatternCaptureFilter: TokenFilter {
    var patterns: [Pattern]
    var preservesOriginal = true

    func apply(to stream: inout TokenStream) throws(AnalysisError) {
        var tokens: [Token] = [], budget = OutputBudget()
        for token in stream.tokens {
            let subject = PatternSubject(Array(token.term.utf8))
            var spans: [Range<Int>] = []
            for pattern in patterns {
                for match in try pattern.matches(in: subject) {
                    spans += match.groups.dropFirst(pattern.groupCount == 0 ? 0 : 1).compactMap { $0 }.filter { !$0.isEmpty }
                }
            }
            spans.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
            if preservesOriginal || spans.isEmpty { tokens.append(token) }
            for span in spans where !preservesOriginal || span.count < subject.count {
                var piece = token
                piece.term = subject.string(span)
                try budget.spend(piece.term)
                tokens.append(piece)
            }
        }
        stream.tokens = tokens
    }
}
