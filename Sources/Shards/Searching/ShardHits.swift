public import Query
public import VectorIndex

/// A shard's part of a search's answer.
public struct ShardHits: Equatable, Sendable {
    /// Best first, at most as many as were asked for.
    public var documents: [ScoredOrdinal]
    /// How many documents match, exactly.
    public var total: Int

    public init(documents: [ScoredOrdinal], total: Int) {
        self.documents = documents
        self.total = total
    }
}

/// A shard's nearest neighbours, and how they were found.
public struct NearestDocuments: Equatable, Sendable {
    /// Best first; scores by the field's similarity.
    public var documents: [ScoredOrdinal]
    /// Vectors compared with the query: the profile's `vector_operations_count`.
    public var comparisons: Int
    /// Nil where no vector was there to be compared.
    public var strategy: VectorSearchResult.Strategy?

    public init(documents: [ScoredOrdinal], comparisons: Int, strategy: VectorSearchResult.Strategy?) {
        self.documents = documents
        self.comparisons = comparisons
        self.strategy = strategy
    }
}
