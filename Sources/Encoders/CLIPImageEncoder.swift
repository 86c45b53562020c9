public import MatrixKernels

/// The image tower of CLIP: a vision transformer over patches, whose class token is projected.
///
/// Source: Radford et al., arXiv 2103.00020; transformers, models/clip/modeling_clip.py (`CLIPVisionTransformer`).
public final class CLIPImageEncoder: ImageEncoder {
    public let dimensions: Int
    public let inputSize: Int
    private let tower: Tower
    private let scratch = ScratchPool { () throws(MatrixError) in try Tower.Scratch() }

    /// Loads the tower from the weights of a whole `CLIPModel`.
    ///
    /// - Parameter normalised: Whether embeddings are scaled to unit length; CLIP itself does not.
    /// - Throws: `EncoderLoadingError`.
    public init(
        _ engine: MatrixEngine, _ precision: Precision = .f32, _ configuration: CLIPConfiguration, weights: WeightFile,
        normalised: Bool = false
    ) throws(EncoderLoadingError) {
        self.dimensions = configuration.projection
        self.inputSize = configuration.vision.imageSize
        self.tower = try loading { try Tower(engine, precision, configuration, weights, normalised) }
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
        private let patchEmbedding, projection: Linear
        /// What a token's state is before its patch is added: its position, and the class token.
        private let beginnings: Table
        private let firstNorm, lastNorm: LayerNorm
        private let layers: TransformerStack
        private let normalised: Bool

        final class Scratch {
            let patches, states, projected: Matrix
            let layers: TransformerStack.Scratch

            init() throws(MatrixError) {
                (patches, states, projected) = (try Matrix(), try Matrix(), try Matrix())
                layers = try TransformerStack.Scratch()
            }
        }

        init(
            _ engine: MatrixEngine, _ precision: Precision, _ configuration: CLIPConfiguration, _ weights: WeightFile,
            _ normalised: Bool
        ) throws {
            let vision = configuration.vision, hidden = vision.transformer.hidden
            let epsilon = vision.transformer.epsilon, prefix = "vision_model"
            var reader = TensorReader(weights)
            self.engine = engine
            self.window = ConvolutionWindow(
                validOver: vision.imageSize, kernel: vision.patchSize, stride: vision.patchSize)
            let width = 3 * vision.patchSize * vision.patchSize
            self.patchEmbedding = try Linear(
                engine, precision,
                weights: try reader.floats(
                    "\(prefix).embeddings.patch_embedding.weight", [hidden, 3, vision.patchSize, vision.patchSize]),
                bias: nil, outputs: hidden, inputs: width)
            var beginnings = try reader.floats(
                "\(prefix).embeddings.position_embedding.weight", [vision.patches + 1, hidden])
            for (index, value) in try reader.floats("\(prefix).embeddings.class_embedding", [hidden]).enumerated() {
                beginnings[index] += value
            }
            self.beginnings = Table(beginnings, rows: vision.patches + 1, columns: hidden)
            // The name is misspelt in every checkpoint.
            self.firstNorm = try reader.layerNorm(engine, "\(prefix).pre_layrnorm", width: hidden, epsilon: epsilon)
            self.layers = try TransformerStack(
                engine, precision, vision.transformer, &reader, names: LayerNames.clip(prefix), normalisation: .before,
                causal: false, wanted: .first)
            self.lastNorm = try reader.layerNorm(engine, "\(prefix).post_layernorm", width: hidden, epsilon: epsilon)
            self.projection = try reader.linear(
                engine, precision.ofSensitiveLayers, ["visual_projection"], outputs: configuration.projection,
                inputs: hidden, bias: false)
            self.normalised = normalised
            try reader.finish { CLIPTensors.isIgnorable($0, forTower: prefix) }
        }

        func encode(_ batch: [[Float]], _ scratch: Scratch) throws(MatrixError) -> [[Float]] {
            let patches = scratch.patches, states = scratch.states, tokens = beginnings.rows
            // [batch · (1 + patches), 3 · size²]; the class token has no patch.
            try patches.reshape(rows: batch.count * tokens, columns: patchEmbedding.inputs)
            try states.reshape(rows: patches.rows, columns: beginnings.columns)  // [batch · (1 + patches), hidden]
            for (index, image) in batch.enumerated() {
                let first = index * tokens
                patches.withRow(first) { $0.update(repeating: 0) }
                window.cut(engine, image, channels: 3, into: patches, from: first + 1)
                for token in 0..<tokens { states.copy(row: token, of: beginnings, to: first + token) }
            }
            try patchEmbedding.add(patches, to: states)
            firstNorm(states, into: states)
            let sequences = batch.indices.map { ($0 * tokens)..<(($0 + 1) * tokens) }
            let classes = try layers(states, sequences: sequences, scratch.layers)  // [batch, hidden]
            lastNorm(classes, into: classes)
            try scratch.projected.reshape(rows: batch.count, columns: projection.outputs)
            try projection(classes, into: scratch.projected)
            return scratch.projected.vectors(normalised: normalised)
        }
    }
}
