public import MatrixKernels

/// The image tower of SigLIP: a vision transformer over patches alone, whose states a learned query gathers into one vector.
///
/// Source: Zhai et al., arXiv 2303.15343; transformers, models/siglip/modeling_siglip.py (`SiglipVisionModel`).
public final class SigLIPImageEncoder: ImageEncoder {
    public let dimensions: Int
    public let inputSize: Int
    private let tower: Tower
    private let scratch = ScratchPool { () throws(MatrixError) in try Tower.Scratch() }

    /// Loads the tower from the weights of a whole `SiglipModel`, or of its image side alone.
    ///
    /// - Throws: `EncoderLoadingError`.
    public init(
        _ engine: MatrixEngine, _ precision: Precision = .f32, _ configuration: SigLIPConfiguration.Vision,
        weights: WeightFile
    ) throws(EncoderLoadingError) {
        self.dimensions = configuration.transformer.hidden
        self.inputSize = configuration.imageSize
        self.tower = try loading { try Tower(engine, precision, configuration, weights) }
    }

    /// As `ImageEncoder` has it.
    public func encode(_ batch: [[Float]]) throws(EncoderError) -> [[Float]] {
        try batch.check(inputSize: inputSize)
        guard !batch.isEmpty else { return [] }
        return try scratch.withScratch { scratch throws(MatrixError) in try tower.encode(batch, scratch) }
    }

    private struct Tower: Sendable {
        private let engine: MatrixEngine
        private let window: ConvolutionWindow
        private let patchEmbedding: Linear
        private let positions: Table
        private let layers: TransformerStack
        private let norm: LayerNorm
        private let pooling: AttentionPooling

        final class Scratch {
            let patches, states: Matrix
            let layers: TransformerStack.Scratch
            let pooling: AttentionPooling.Scratch

            init() throws(MatrixError) {
                (patches, states) = (try Matrix(), try Matrix())
                (layers, pooling) = (try TransformerStack.Scratch(), try AttentionPooling.Scratch())
            }
        }

        init(
            _ engine: MatrixEngine, _ precision: Precision, _ vision: SigLIPConfiguration.Vision, _ weights: WeightFile
        ) throws {
            let hidden = vision.transformer.hidden, size = vision.patchSize, prefix = "vision_model"
            var reader = TensorReader(weights)
            self.engine = engine
            self.window = ConvolutionWindow(validOver: vision.imageSize, kernel: size, stride: size)
            let embedding = "\(prefix).embeddings.patch_embedding"
            self.patchEmbedding = try Linear(
                engine, precision, weights: try reader.floats("\(embedding).weight", [hidden, 3, size, size]),
                bias: try reader.floats("\(embedding).bias", [hidden]), outputs: hidden, inputs: 3 * size * size)
            self.positions = try reader.table(
                "\(prefix).embeddings.position_embedding.weight", rows: vision.patches, columns: hidden)
            self.layers = try TransformerStack(
                engine, precision, vision.transformer, &reader, names: LayerNames.clip(prefix), normalisation: .before,
                causal: false, wanted: .all)
            self.norm = try reader.layerNorm(
                engine, "\(prefix).post_layernorm", width: hidden, epsilon: vision.transformer.epsilon)
            self.pooling = try AttentionPooling(engine, precision, vision.transformer, &reader, "\(prefix).head")
            try reader.finish { SigLIPTensors.isIgnorable($0, forTower: prefix) }
        }

        func encode(_ batch: [[Float]], _ scratch: Scratch) throws(MatrixError) -> [[Float]] {
            let patches = scratch.patches, states = scratch.states, count = positions.rows
            try patches.reshape(rows: batch.count * count, columns: patchEmbedding.inputs)  // [batch · patches, 3 · size²]
            try states.reshape(rows: patches.rows, columns: positions.columns)  // [batch · patches, hidden]
            for (index, image) in batch.enumerated() {
                window.cut(engine, image, channels: 3, into: patches, from: index * count)
            }
            for row in 0..<states.rows { states.copy(row: row % count, of: positions, to: row) }
            try patchEmbedding.add(patches, to: states)
            let sequences = batch.indices.map { ($0 * count)..<(($0 + 1) * count) }
            let last = try layers(states, sequences: sequences, scratch.layers)
            norm(last, into: last)
            let pooled = try pooling(last, sequences: sequences, scratch.pooling)  // [batch, hidden]
            return pooled.vectors(normalised: false)
        }
    }
}
