/// Changes a text before it is cut.
protocol CharFilter: Sendable {
    /// - Throws: `AnalysisError` when the work would have no bound.
    func filtered(_ text: SourceText) throws(AnalysisError) -> SourceText
}

/// Cuts a text into tokens. Offsets are those of the text it is given.
protocol Tokenizer: Sendable {
    /// - Throws: `AnalysisError` when the work would have no bound.
    func tokens(of text: SourceText) throws(AnalysisError) -> TokenStream
}

/// Changes, removes or adds tokens.
protocol TokenFilter: Sendable {
    /// - Throws: `AnalysisError` when the work would have no bound.
    func apply(to stream: inout TokenStream) throws(AnalysisError)
}
