/// Why a suggestion cannot be made. Each case notes Elasticsearch's reason for it.
public enum SuggestProblem: Error, Equatable, Sendable {
    /// `no mapping found for field [f]`
    case fieldNotMapped(String)
    /// `Field [f] is not a completion suggest field`
    case notACompletionField(String)
    /// `Missing mandatory contexts in context query`
    case contextsMissing
    /// `analyzer [x] doesn't exists`
    case unknownAnalyzer(String)
    /// `The default analyzer for field: [f] doesn't emit unigrams. If this is intentional try to set the analyzer explicitly`
    case unigramsMissing(field: String)
    /// `At least one unigram is required but all tokens were ngrams`
    case onlyNGrams
}
