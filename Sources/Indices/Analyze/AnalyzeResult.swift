public import Analysis

/// What `_analyze` answers: tokens, or with `explain` those of each step.
public enum AnalyzeResult: Equatable, Sendable {
    case tokens([Token])
    /// Of an analyzer that is a whole.
    case analyzer(name: String, tokens: [Token], attributes: [String])
    /// Of one that is put together.
    case steps(AnalyzeSteps, attributes: [String])
}

/// The steps of an analyzer, all texts of the request in a row.
public struct AnalyzeSteps: Equatable, Sendable {
    /// What a filter of characters made of the texts.
    public struct CharFilter: Equatable, Sendable {
        public var name: String
        /// A text for each of the request.
        public var texts: [String]

        public init(name: String, texts: [String]) {
            self.name = name
            self.texts = texts
        }
    }

    /// What the tokenizer or a filter of tokens gave.
    public struct Step: Equatable, Sendable {
        public var name: String
        public var tokens: [Token]

        public init(name: String, tokens: [Token]) {
            self.name = name
            self.tokens = tokens
        }
    }

    public var charFilters: [CharFilter]
    public var tokenizer: Step
    public var filters: [Step]

    public init(charFilters: [CharFilter], tokenizer: Step, filters: [Step]) {
        self.charFilters = charFilters
        self.tokenizer = tokenizer
        self.filters = filters
    }
}
