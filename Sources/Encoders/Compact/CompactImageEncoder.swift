public import MatrixKernels

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
    private let tower: Tower
    private let scratch = ScratchPool { () throws(MatrixError) in try Tower.Scratch() }

    /// - Throws: `EncoderLoadingError`.
    public init(
        _ engine: MatrixEngine, _ configuration: CompactConfiguration, weights: WeightFile
    ) throws(EncoderLoadingError) {
        self.dimensions = configuration.dimensions
        self.inputSize = configuration.inputSize
        self.tower = try loading { try Tower(engine, configuration, weights) }
    }

    /// As `ImageEncoder` has it.
    public func encode(_ batch: [[Float]]) throws(EncoderError) -> [[Float]] {
        try batch.check(inputSize: inputSize)
        guard !batch.isEmpty else { return [] }
        return try scratch.withScratch { scratch throws(MatrixError) in try tower.encode(batch, scratch) }
    }

    private struct Tower: Sendable {
        private let configuration: CompactConfiguration
        private let backbone: CompactBackbone
        private let head: CompactHead

        final class Scratch {
            let backbone: CompactBackbone.Scratch
            let head: CompactHead.Scratch

            init() throws(MatrixError) {
                (backbone, head) = (try CompactBackbone.Scratch(), try CompactHead.Scratch())
            }
        }

        init(_ engine: MatrixEngine, _ configuration: CompactConfiguration, _ weights: WeightFile) throws {
            var reader = TensorReader(weights)
            self.configuration = configuration
            self.backbone = try CompactBackbone(engine, configuration, &reader)
            self.head = try CompactHead(engine, configuration, &reader)
            try reader.finish { _ in false }
        }

        func encode(_ batch: [[Float]], _ scratch: Scratch) throws(MatrixError) -> [[Float]] {
            try head.begin(count: batch.count, scratch.head)
            for (index, image) in batch.enumerated() {
                let means = try backbone.features(image, scratch.backbone)
                scratch.head.take(pooled: means.pooled, features: configuration.features.map { means[$0] }, at: index)
            }
            return try head.embeddings(scratch.head)
        }
    }
}
