/// A regular expression in Java's syntax that is asked for whole texts only.
public struct WholePattern: Equatable, Sendable {
    public let text: String
    private let pattern: Pattern

    /// - Throws: `AnalysisError.unsupportedPattern`.
    public init(_ text: String) throws(AnalysisError) {
        self.text = text
        pattern = try Pattern(text)
    }

    /// Whether the whole of a text matches; false, too, where that takes too much work to know.
    ///
    /// - Complexity: O(*n* · *m*) in text and pattern.
    public func matches(_ text: String) -> Bool { (try? pattern.matchesWhole(text)) ?? false }

    public static func == (left: WholePattern, right: WholePattern) -> Bool { left.text == right.text }
}
