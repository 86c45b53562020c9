/// The way to a value among aggregations: `histogram>filter>stats.max`, `terms['key']>sum`, `_count`.
///
/// Source: https://www.elastic.co/docs/reference/aggregations/pipeline#buckets-path-syntax
public struct AggregationPath: Equatable, Hashable, Sendable {
    /// As it was written.
    public let text: String
    /// Names, and what stands in brackets or after a point.
    public let parts: [String]

    /// - Returns: nil for what is no path.
    public init?(_ text: String) {
        var parts: [String] = []
        let tokens = text.split(separator: ">", omittingEmptySubsequences: false)
        for (index, token) in tokens.enumerated() {
            if let open = token.lastIndex(of: "["), token.hasSuffix("]"), open != token.startIndex {
                parts.append(String(token[..<open]))
                parts.append(String(token[token.index(after: open)...].dropLast()))
            } else if index == tokens.count - 1, let point = token.lastIndex(of: "."), point != token.startIndex,
                token.index(after: point) != token.endIndex {
                parts.append(String(token[..<point]))
                parts.append(String(token[token.index(after: point)...]))
            } else {
                parts.append(String(token))
            }
        }
        guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.text = text
        self.parts = parts
    }
}
