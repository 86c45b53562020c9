/// Replaces what a pattern matches.
struct PatternReplaceCharFilter: CharFilter {
    var pattern: Pattern
    var replacement: PatternReplacement

    func filtered(_ text: SourceText) throws(AnalysisError) -> SourceText {
        let subject = PatternSubject(text.bytes)
        let matches = try pattern.matches(in: subject)
        guard !matches.isEmpty else { return text }
        var rewriter = TextRewriter(), end = 0
        for match in matches {
            rewriter.copy(subject.bytes(end..<match.range.lowerBound)[...])
            rewriter.replace(subject.bytes(match.range)[...], with: replacement.expanded(match, in: subject))
            guard rewriter.bytes.count <= OutputBudget.maximumBytes else { throw .outputTooLarge(limit: OutputBudget.maximumBytes) }
            end = match.range.upperBound
        }
        rewriter.copy(subject.bytes(end..<subject.count)[...])
        return rewriter.finished(from: text)
    }
}
