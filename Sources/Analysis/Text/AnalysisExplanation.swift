/// What each step of an analyzer makes of a text: the answer of `_analyze` with `explain`.
public struct AnalysisExplanation: Equatable, Sendable {
    /// The tokens after a step.
    public struct Step: Equatable, Sendable {
        public var name: String
        public var stream: TokenStream
    }

    /// The text after each character filter, by the filters' names.
    public var charFilters: [(name: String, text: String)]
    public var tokenizer: Step
    public var filters: [Step]

    public static func == (left: AnalysisExplanation, right: AnalysisExplanation) -> Bool {
        left.charFilters.map(\.name) == right.charFilters.map(\.name)
            && left.charFilters.map(\.text) == right.charFilters.map(\.text) && left.tokenizer == right.tokenizer
            && left.filters == right.filters
    }
}

extension Analyzer {
    /// Analyses a text, keeping what every step leaves.
    ///
    /// - Throws: `AnalysisError`, as `tokens(of:)`.
    public func explanation(of text: String) throws(AnalysisError) -> AnalysisExplanation {
        var source = SourceText(text)
        var texts: [(name: String, text: String)] = []
        for filter in charFilters {
            source = try filter.component.filtered(source)
            texts.append((filter.name, source.string))
        }
        var stream = try tokenizer.component.tokens(of: source)
        Self.correct(&stream, by: source)
        let cut = AnalysisExplanation.Step(name: tokenizer.name, stream: stream)
        var steps: [AnalysisExplanation.Step] = []
        for filter in filters {
            try filter.component.apply(to: &stream)
            steps.append(.init(name: filter.name, stream: stream))
        }
        return AnalysisExplanation(charFilters: texts, tokenizer: cut, filters: steps)
    }
}
