/// How a `text` field cuts its values into terms: the analyzers of Elasticsearch that need no configuration.
///
/// Source: https://www.elastic.co/docs/reference/text-analysis/analyzer-reference
enum Analyzer: String, CaseIterable, Sendable {
    case standard
    /// Runs of letters, lowercased.
    case simple
    /// What stands between white space, as it is.
    case whitespace
    /// The whole text.
    case keyword

    /// The terms of a text, each once, in the order they first stand.
    func distinctTokens(of text: String) -> [String] {
        switch self {
        case .standard: return StandardTokenizer.distinctTokens(of: text)
        case .simple: return distinct(text.split { !$0.isLetter }.map { $0.lowercased() })
        case .whitespace: return distinct(text.split(whereSeparator: \.isWhitespace).map(String.init))
        case .keyword: return [text]
        }
    }

    private func distinct(_ tokens: [String]) -> [String] {
        var seen = Set<String>()
        return tokens.filter { seen.insert($0).inserted }
    }
}
