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

    /// The tokens of a text.
    func tokens(of text: String) -> [IndexedText.Token] {
        terms(of: text).enumerated().map { IndexedText.Token($1, position: $0) }
    }

    private func terms(of text: String) -> [String] {
        switch self {
        case .standard: StandardTokenizer.tokens(of: text)
        case .simple: text.split { !$0.isLetter }.map { $0.lowercased() }
        case .whitespace: text.split(whereSeparator: \.isWhitespace).map(String.init)
        case .keyword: [text]
        }
    }
}
