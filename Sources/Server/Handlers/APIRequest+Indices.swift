internal import ElasticsearchAPI
internal import Indices

extension APIRequest {
    /// The indices that the path names; all if it names none.
    func indexExpression() throws(ElasticsearchError) -> IndexExpression {
        let patterns = try captures["index"].map(Self.patterns) ?? []
        return IndexExpression(
            patterns, ignoresUnavailable: try parameters.bool("ignore_unavailable") ?? false,
            allowsNone: try parameters.bool("allow_no_indices") ?? true)
    }

    /// Names that start with an underscore are the API's own.
    private static func patterns(_ text: String) throws(ElasticsearchError) -> [String] {
        let patterns = text.split(separator: ",").map(String.init)
        for pattern in patterns where pattern.hasPrefix("_") && pattern != "_all" {
            throw .invalidIndexName(pattern, "must not start with '_'.")
        }
        return patterns
    }
}
