public import Contents

/// What `query_vector_builder.embedding` asks for: contents that an inference endpoint makes one vector of.
public struct EmbeddingQuery: Equatable, Sendable {
    /// Nil: the one that the field's mapping names.
    public var inferenceID: String?
    /// Weights are ours.
    public var inputs: [WeightedContent]
    /// Nil: 30 seconds.
    public var timeout: Duration?

    public init(inferenceID: String? = nil, inputs: [WeightedContent], timeout: Duration? = nil) {
        self.inferenceID = inferenceID
        self.inputs = inputs
        self.timeout = timeout
    }
}
