public import MatrixKernels
internal import Synchronization

/// The image side of the compact model: EfficientNet-Lite0, and a head that places pictures among the text encoder's
/// sentences.
///
/// embedding = normalise(p · C + (1 − w · max p) · (W · features + b)), with p the softmax over the classifier's classes and
/// C their text embeddings. Pictures go through the convolutions one by one: their activations then stay in the cache.
///
/// Source: Tan and Le, arXiv 1905.11946 (EfficientNet).
public final class CompactImageEncoder: ImageEncoder {
    public let dimensions: Int
    public let inputSize: Int
    private let tower: Mutex<Tower>

    /// - Throws: `EncoderLoadingError`.
    public init(
        _ engine: MatrixEngine, _ configuration: CompactConfiguration, weights: WeightFile
    ) throws(EncoderLoadingError) {
        self.dimensions = configuration.dimensions
        self.inputSize = configuration.inputSize
        self.tower = Mutex(try loading { try Tower(engine, configuration, weights) })
    }

    public func encode(_ batch: [[Float]]) throws(EncoderError) -> [[Float]] {
        try batch.check(inputSize: inputSize)
        guard !batch.isEmpty else { return [] }
        return try tower.withLock { tower throws(EncoderError) in
            do throws(MatrixError) { return try tower.encode(batch) } catch { throw .matrix(error) }
        }
    }

    private final class Tower {
        private let configuration: CompactConfiguration
        private let backbone: CompactBackbone
        private let head: CompactHead

        init(_ engine: MatrixEngine, _ configuration: CompactConfiguration, _ weights: WeightFile) throws {
            var reader = TensorReader(weights)
            self.configuration = configuration
            self.backbone = try CompactBackbone(engine, configuration, &reader)
            self.head = try CompactHead(engine, configuration, &reader)
            try reader.finish { _ in false }
        }

        func encode(_ batch: [[Float]]) throws(MatrixError) -> [[Float]] {
            try head.begin(count: batch.count)
            for (index, image) in batch.enumerated() {
                let means = try backbone.features(image)
                head.take(pooled: means.pooled, features: configuration.features.map { means[$0] }, at: index)
            }
            return try head.embeddings()
        }
    }
}
