public import Analysis
public import FieldIndex
internal import JSON

/// The one place where fields meet analyzers.
extension FieldMapping {
    /// A text of a document as the index takes it: all tokens, in order.
    ///
    /// - Complexity: O(*n*) in the text.
    /// - Throws: `AnalysisError` when the text would grow without bound.
    public func tokens(of text: String) throws(AnalysisError) -> TokenStream { try analysis.index.tokens(of: text) }

    /// The words of a query on this field.
    ///
    /// - Parameter isPhrase: whether they stand in quotes or in a phrase query.
    /// - Throws: `AnalysisError`, as `tokens(of:)`.
    public func searchTokens(of text: String, isPhrase: Bool = false) throws(AnalysisError) -> TokenStream {
        try (isPhrase ? analysis.searchQuote : analysis.search).tokens(of: text)
    }

    /// A value of a `keyword` field in the form that its normalizer gives it; as it is where there is none.
    ///
    /// - Throws: `AnalysisError`, as `tokens(of:)`.
    public func normalized(_ text: String) throws(AnalysisError) -> String {
        guard let normalizer = analysis.normalizer else { return text }
        return try normalizer.normalized(text)
    }

    /// Whether each word of a query is looked for, of fields whose values are whole texts.
    public var splitsQueries: Bool { parameters["split_queries_on_whitespace"] == .bool(true) }

    /// How matches of the field are scored.
    public var similarity: Similarity { analysis.similarity }

    /// Whether tokens in one place count as so many in a document's length.
    var countsOverlaps: Bool { analysis.countsOverlaps }

    /// How many positions lie between two values of a `text` field.
    public var positionIncrementGap: Int {
        if case .int(let gap) = parameters["position_increment_gap"] { return gap }
        return analysis.index.positionIncrementGap ?? 100
    }

    /// What `_analyze` does with a text of this field; nil for types that are not analysed.
    public var analyzer: Analyzer? {
        switch type {
        case .text: analysis.index
        case .keyword: analysis.normalizer?.analyzer ?? AnalysisRegistry.standard.analyzer("keyword")
        case .served(let served): served.text == nil ? nil : analysis.index
        case .number, .boolean, .date, .geoPoint, .denseVector: nil
        }
    }
}
