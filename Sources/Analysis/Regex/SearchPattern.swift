/// A regular expression in Java's syntax that is looked for in texts.
public struct SearchPattern: Sendable {
    private let pattern: Pattern

    /// - Throws: `AnalysisError.unsupportedPattern`, also for what needs backtracking.
    public init(_ text: String) throws(AnalysisError) { pattern = try Pattern(text) }

    /// Where the pattern is found, from left to right, in UTF-16 code units; matches do not overlap.
    ///
    /// - Complexity: O(*n* · *m*) in text and pattern for one match.
    /// - Throws: `AnalysisError.patternTooExpensive`.
    public func places(in text: String) throws(AnalysisError) -> [Range<Int>] {
        let subject = PatternSubject(Array(text.utf8))
        return try pattern.matches(in: subject).map {
            subject.utf16Offset($0.range.lowerBound)..<subject.utf16Offset($0.range.upperBound)
        }
    }
}
