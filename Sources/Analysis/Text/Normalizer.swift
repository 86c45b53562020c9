/// How the values of a `keyword` field are made alike before they are compared: character filters and token filters that
/// work on single characters.
public final class Normalizer: Sendable {
    public let name: String
    /// The same as an analyzer whose only token is the text.
    public let analyzer: Analyzer

    init(name: String, charFilters: [Analyzer.Named<any CharFilter>], filters: [Analyzer.Named<any TokenFilter>]) {
        self.name = name
        analyzer = Analyzer(
            name: name, isCustom: true, charFilters: charFilters,
            tokenizer: .init(name: "keyword", component: KeywordTokenizer()), filters: filters)
    }

    /// - Throws: `AnalysisError` when the work or the output would have no bound.
    public func normalized(_ text: String) throws(AnalysisError) -> String {
        try analyzer.tokens(of: text).first?.term ?? ""
    }
}
