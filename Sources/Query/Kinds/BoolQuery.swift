/// `bool`: queries that must, should or must not match. Scores are the sum of `must` and `should`.
public struct BoolQuery: Equatable, Sendable {
    public var must: [Query]
    public var filter: [Query]
    public var should: [Query]
    public var mustNot: [Query]
    /// How many `should` clauses must match; nil is 1 if there is neither `must` nor `filter`, else 0.
    public var minimumShouldMatch: MinimumShouldMatch?

    public init(
        must: [Query] = [], filter: [Query] = [], should: [Query] = [], mustNot: [Query] = [],
        minimumShouldMatch: MinimumShouldMatch? = nil
    ) {
        self.must = must
        self.filter = filter
        self.should = should
        self.mustNot = mustNot
        self.minimumShouldMatch = minimumShouldMatch
    }
}
