internal import Mapping

/// Which indices a request means: a comma-separated list of names and patterns, and what to do when one is missing.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/api-conventions#api-multi-index
public struct IndexExpression: Equatable, Sendable {
    /// Names, patterns with `*`, exclusions starting with `-` after a pattern. Empty means all.
    public var patterns: [String]
    /// A name that does not exist is passed over instead of refused.
    public var ignoresUnavailable: Bool
    /// Patterns may match nothing.
    public var allowsNone: Bool

    public init(_ patterns: [String], ignoresUnavailable: Bool = false, allowsNone: Bool = true) {
        self.patterns = patterns
        self.ignoresUnavailable = ignoresUnavailable
        self.allowsNone = allowsNone
    }

    /// All indices.
    public static let all = IndexExpression([])

    /// The existing names that are meant, each once, patterns in name order.
    ///
    /// - Throws: `IndicesError.indexNotFound`.
    func resolve(among existing: [String]) throws(IndicesError) -> [String] {
        let isAll = patterns.isEmpty || patterns == ["_all"]
        var result: [String] = []
        var sawPattern = false
        for pattern in isAll ? ["*"] : patterns {
            if sawPattern, pattern.hasPrefix("-") {
                let excluded = WildcardPattern(String(pattern.dropFirst()))
                result.removeAll { excluded.matches($0) }
            } else if pattern.contains("*") {
                sawPattern = true
                let wildcard = WildcardPattern(pattern)
                let matches = existing.sorted().filter { wildcard.matches($0) && !result.contains($0) }
                if matches.isEmpty, !allowsNone { throw .indexNotFound(pattern) }
                result += matches
            } else if existing.contains(pattern) {
                if !result.contains(pattern) { result.append(pattern) }
            } else if !ignoresUnavailable {
                throw .indexNotFound(pattern)
            }
        }
        if result.isEmpty, !allowsNone { throw .indexNotFound(patterns.joined(separator: ",")) }
        return result
    }
}
