/// A content, and how much it counts among others.
public struct WeightedContent: Sendable, Equatable {
    public var content: InferenceContent
    /// Negative: what the vector is to be unlike.
    public var weight: Float

    public init(_ content: InferenceContent, weight: Float = 1) {
        self.content = content
        self.weight = weight
    }
}
