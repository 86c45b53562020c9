/// One vector found.
public struct VectorHit: Equatable, Sendable {
    public let ordinal: UInt32
    /// The raw value of the metric: cosine, inner product, euclidean distance, or how many bits differ.
    public let raw: Float
    /// Greater for nearer, never negative; see `VectorIndexConfiguration.score(raw:)`.
    public let score: Float
}

/// What a search found, and how.
public struct VectorSearchResult: Equatable, Sendable {
    /// How candidates were found. Raw values are what `profile` shows.
    public enum Strategy: String, Sendable {
        /// A walk of the graph.
        case graph
        /// Every accepted vector compared: a flat index, or so few are accepted that a walk would cost more.
        case exact
        /// Every accepted vector's code or sketch compared, and the best of them exactly.
        case codes
        /// A walk that met its budget or a dead end, then every accepted vector compared.
        case graphThenExact = "graph_then_exact"
    }

    /// What each way was expected to cost, in nanoseconds of a processor of 2023. The cheaper is taken.
    public struct PredictedCosts: Equatable, Sendable {
        public let graph: Double
        public let exact: Double
    }

    /// Best first.
    public let hits: [VectorHit]
    /// Vectors compared with the query.
    public let visited: Int
    public let strategy: Strategy
    /// Nil where there was nothing to choose.
    public internal(set) var predicted: PredictedCosts?
}
