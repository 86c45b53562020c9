/// Compares terms with a pattern outside an index. What it learns from one helps with the next.
public struct TermTest {
    private var matcher: TermMatcher?

    /// Whether a term looks like the pattern; never where that takes too much work.
    public mutating func accepts(_ term: String) -> Bool {
        let bytes = Array(term.utf8)
        return bytes.withUnsafeBufferPointer { (try? matcher?.matches($0)) ?? false }
    }

    fileprivate init(_ pattern: TermPattern) { matcher = try? pattern.matcher() }
}

extension TermPattern {
    public var test: TermTest { TermTest(self) }
}

extension FuzzyQuery {
    /// Whether a term is one that this looks for, if not too many others are.
    public func accepts(_ candidate: String) -> Bool {
        let wanted = Array(term.unicodeScalars), prefix = max(0, prefixLength)
        guard candidate.unicodeScalars.prefix(prefix).elementsEqual(wanted.prefix(prefix)) else { return false }
        var distance = EditDistance(wanted, limit: min(edits, Self.maximumEdits), allowsTranspositions)
        let bytes = Array(candidate.utf8)
        guard let (edits, length) = bytes.withUnsafeBufferPointer({ distance.edits(to: $0) }) else { return false }
        return edits == 0 || Float(edits) < Float(min(length, wanted.count))
    }
}
