public import Analysis

/// What `_analyze` is asked for.
public struct AnalyzeRequest: Equatable, Sendable {
    /// Why a request makes no sense. Each case notes Elasticsearch's reason.
    public enum Problem: Equatable, Sendable {
        /// `text is missing` and its kin, all at once.
        case invalid([String])
        /// `failed to find global analyzer [a]`; `failed to find analyzer [a]` in an index.
        case unknownAnalyzer(String, isGlobal: Bool)
        /// `failed to find normalizer under [n]`
        case unknownNormalizer(String)
        /// `analysis based on a specific field requires an index`
        case fieldWithoutIndex
        /// `Can't process field [f], Analysis requests are only supported on tokenized fields`
        case fieldNotAnalyzed(String)
        /// `The number of tokens produced by calling _analyze has exceeded the allowed maximum of [n]. …`
        case tooManyTokens(limit: Int)
    }

    public var texts: [String] = []
    public var analyzer: String?
    public var normalizer: String?
    public var field: String?
    public var tokenizer: ComponentReference?
    public var charFilters: [ComponentReference] = []
    public var filters: [ComponentReference] = []
    public var explains = false
    /// Attributes of tokens that an explanation is limited to; empty: all.
    public var attributes: [String] = []

    public init() {}

    /// What is wrong with the request by itself, in Elasticsearch's words.
    func problems(hasIndex: Bool) -> [String] {
        var problems: [String] = []
        let hasFilters = !charFilters.isEmpty || !filters.isEmpty
        if texts.isEmpty { problems.append("text is missing") }
        if !hasIndex, normalizer != nil { problems.append("index is required if normalizer is specified") }
        if normalizer != nil, tokenizer != nil || analyzer != nil {
            problems.append("tokenizer/analyze should be null if normalizer is specified")
        }
        if analyzer != nil, tokenizer != nil || hasFilters {
            problems.append("cannot define extra components on a named analyzer")
        }
        if normalizer != nil, hasFilters { problems.append("cannot define extra components on a named normalizer") }
        return problems
    }
}
