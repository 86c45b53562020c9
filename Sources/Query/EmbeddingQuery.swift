/// What `query_vector_builder.embedding` asks for: contents that an inference endpoint makes one vector of.
public struct EmbeddingQuery: Equatable, Sendable {
    /// What a vector is made of.
    public enum Content: Equatable, Sendable {
        case text(String)
        /// The bytes of a picture's file.
        case image([UInt8])
    }

    /// One of the contents whose vectors become one.
    public struct Input: Equatable, Sendable {
        public var content: Content
        /// How much it counts among the others; negative: what is not wanted. Ours.
        public var weight: Float

        public init(_ content: Content, weight: Float = 1) {
            self.content = content
            self.weight = weight
        }
    }

    /// Nil: the one that the field's mapping names.
    public var inferenceID: String?
    public var inputs: [Input]
    /// Nil: 30 seconds.
    public var timeout: Duration?

    public init(inferenceID: String? = nil, inputs: [Input], timeout: Duration? = nil) {
        self.inferenceID = inferenceID
        self.inputs = inputs
        self.timeout = timeout
    }
}
