/// Cuts at the matches of a regular expression, or gives the matches themselves.
struct PatternTokenizer: Tokenizer {
    var pattern: Pattern
    /// The group whose text is a token; nil: matches part tokens.
    var group: Int?

    func tokens(of text: SourceText) throws(AnalysisError) -> TokenStream {
        let subject = PatternSubject(text.bytes)
        var stream = TokenStream(endOffset: subject.utf16Offset(subject.count))
        func add(_ span: Range<Int>) {
            guard !span.isEmpty else { return }
            stream.tokens.append(
                Token(
                    subject.string(span), position: stream.tokens.count, startOffset: subject.utf16Offset(span.lowerBound),
                    endOffset: subject.utf16Offset(span.upperBound)))
        }
        var end = 0
        for match in try pattern.matches(in: subject) {
            if let group {
                if group < match.groups.count, let span = match.groups[group] { add(span) }
            } else {
                add(end..<match.range.lowerBound)
                end = match.range.upperBound
            }
        }
        if group == nil { add(end..<subject.count) }
        stream.positionCount = stream.tokens.count
        return stream
    }
}
