public import Inference
public import Query

extension ContentGroup {
    /// A query's inputs, which become one vector.
    public init(_ query: EmbeddingQuery) {
        self.init(
            query.inputs.map { input in
                switch input.content {
                case .text(let text): WeightedContent(.text(text), weight: input.weight)
                case .image(let bytes): WeightedContent(.image(bytes), weight: input.weight)
                }
            })
    }
}
