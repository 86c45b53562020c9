public import Query
public import VectorIndex

/// A shard's part of a search's answer.
public struct ShardHits: Equatable, Sendable {
    /// Best first, at most as many as were asked for.
    public var documents: [ScoredOrdinal]
    /// What each document is sorted by; none where only scores and places count.
    public var keys: [[SortKey]]
    /// What each document has in common with its group; none where hits are not collapsed.
    public var groups: [SortKey]
    /// How many documents match, exactly, or were looked at.
    public var total: Int
    /// Whether there was more to look at.
    public var isTerminatedEarly: Bool
    /// What the query's `knn` clauses took, in the order in which they were run.
    public var work: [VectorWork]
    /// Of the aggregations, in their order.
    public var aggregations: [AggregationResult]

    public init(
        documents: [ScoredOrdinal], keys: [[SortKey]] = [], groups: [SortKey] = [], total: Int, isTerminatedEarly: Bool = false,
        work: [VectorWork] = [], aggregations: [AggregationResult] = []
    ) {
        self.documents = documents
        self.keys = keys
        self.groups = groups
        self.total = total
        self.isTerminatedEarly = isTerminatedEarly
        self.work = work
        self.aggregations = aggregations
    }
}

/// A shard's nearest neighbours, and how they were found.
public struct NearestDocuments: Equatable, Sendable {
    /// Best first; scores by the field's similarity.
    public var documents: [ScoredOrdinal]
    /// Nil where no vector was there to be compared.
    public var work: VectorWork?

    public init(documents: [ScoredOrdinal], work: VectorWork? = nil) {
        self.documents = documents
        self.work = work
    }
}

/// What one search of one vector field took.
public struct VectorWork: Equatable, Sendable {
    public var field: String
    /// Vectors compared with the query: the profile's `vector_operations_count`.
    public var comparisons: Int
    public var strategy: VectorSearchResult.Strategy
    /// What led to the strategy; nil where there was no choice.
    public var predicted: VectorSearchResult.PredictedCosts?

    public init(
        field: String, comparisons: Int, strategy: VectorSearchResult.Strategy,
        predicted: VectorSearchResult.PredictedCosts? = nil
    ) {
        self.field = field
        self.comparisons = comparisons
        self.strategy = strategy
        self.predicted = predicted
    }
}
