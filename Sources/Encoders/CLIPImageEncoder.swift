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

    public func encode(_ batch: [[Float]]) throws(EncoderError) -> [[Float]] {
        try batch.check(inputSize: inputSize)
        guard !batch.isEmpty else { return [] }
        return try scratch.withScratch { scratch throws(MatrixError) in try tower.encode(batch, scratch) }
    }

    private struct Tower: Sendable {
        private let window: ConvolutionWindow
        private let patchEmbedding, projection: Linear
        private let positions, classToken: Table
        private let firstNorm, lastNorm: LayerNorm
        private let layers: TransformerStack
        private let normalised: Bool

        final class Scratch {
            let patches, embedded, states, projected: Matrix
            let layers: TransformerStack.Scratch

            init() throws(MatrixError) {
                (patches, embedded, states, projected) = (try Matrix(), try Matrix(), try Matrix(), try Matrix())
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
            self.window = ConvolutionWindow(
                validOver: vision.imageSize, kernel: vision.patchSize, stride: vision.patchSize)
            let width = 3 * vision.patchSize * vision.patchSize
            self.patchEmbedding = try Linear(
                engine, precision,
                weights: try reader.floats(
                    "\(prefix).embeddings.patch_embedding.weight", [hidden, 3, vision.patchSize, vision.patchSize]),
                bias: nil, outputs: hidden, inputs: width)
            self.positions = try reader.table(
                "\(prefix).embeddings.position_embedding.weight", rows: vision.patches + 1, columns: hidden)
            self.classToken = Table(
                try reader.floats("\(prefix).embeddings.class_embedding", [hidden]), rows: 1, columns: hidden)
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
            let patches = scratch.patches, embedded = scratch.embedded, states = scratch.states
            let count = window.outputSize * window.outputSize, tokens = count + 1
            try patches.reshape(rows: batch.count * count, columns: patchEmbedding.inputs)
            for (index, image) in batch.enumerated() {
                window.cut(image, channels: 3, into: patches, from: index * count)  // [batch · patches, 3 · size²]
            }
            try embedded.reshape(rows: patches.rows, columns: positions.columns)
            try patchEmbedding(patches, into: embedded)
            try states.reshape(rows: batch.count * tokens, columns: positions.columns)  // [batch · (1 + patches), hidden]
            for index in batch.indices {
                for token in 0..<tokens {
                    let row = index * tokens + token
                    if token == 0 {
                        states.copy(row: 0, of: classToken, to: row)
                    } else {
                        states.copy(row: index * count + token - 1, of: embedded, to: row)
                    }
                    states.add(row: token, of: positions, to: row)
                }
            }
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
