public import MatrixKernels

/// The text tower of CLIP: a causal transformer whose state at the end-of-text token is projected.
///
/// No token sees a later one, so everything behind the end of text is left out, exactly.
///
/// Source: Radford et al., arXiv 2103.00020; transformers, models/clip/modeling_clip.py (`CLIPTextTransformer`).
public final class CLIPTextEncoder: TextEncoder {
    public let dimensions: Int
    private let configuration: CLIPConfiguration.Text
    private let tower: Tower
    private let scratch = ScratchPool { () throws(MatrixError) in try Tower.Scratch() }

    /// Loads the tower from the weights of a whole `CLIPModel`, or of its text side alone.
    ///
    /// - Parameters:
    ///   - projection: The width of an embedding.
    ///   - normalised: Whether embeddings are scaled to unit length; CLIP itself does not.
    /// - Throws: `EncoderLoadingError`.
    public init(
        _ engine: MatrixEngine, _ precision: Precision = .f32, _ configuration: CLIPConfiguration.Text, projection: Int,
        weights: WeightFile, normalised: Bool = false
    ) throws(EncoderLoadingError) {
        self.dimensions = projection
        self.configuration = configuration
        self.tower = try loading { try Tower(engine, precision, configuration, projection, weights, normalised) }
    }

    public func encode(_ batch: [[Int32]]) throws(EncoderError) -> [[Float]] {
        var texts: [[Int32]] = []
        for (index, tokens) in batch.enumerated() {
            guard !tokens.isEmpty else { throw .emptySequence(index: index) }
            guard let end = endOfText(tokens) else {
                throw .noEndOfText(index: index, token: configuration.endOfText)
            }
            guard tokens.count <= configuration.positions else {
                throw .sequenceTooLong(index: index, tokens: tokens.count, limit: configuration.positions)
            }
            texts.append(Array(tokens[...end]))
        }
        guard !texts.isEmpty else { return [] }
        let tokens = try TokenBatch(texts, vocabulary: configuration.vocabulary, limit: configuration.positions)
        return try scratch.withScratch { scratch throws(MatrixError) in try tower.encode(tokens, scratch) }
    }

    /// The first place of the end-of-text token, or of the largest id where the configuration is an old one.
    private func endOfText(_ tokens: [Int32]) -> Int? {
        let token = configuration.endOfText == 2 ? tokens.max() : Int32(exactly: configuration.endOfText)
        return token.flatMap { tokens.firstIndex(of: $0) }
    }

    private struct Tower: Sendable {
        private let tokens: EmbeddingTable
        private let positions: Table
        private let layers: TransformerStack
        private let norm: LayerNorm
        private let projection: Linear
        private let normalised: Bool

        final class Scratch {
            let states, projected: Matrix
            let layers: TransformerStack.Scratch

            init() throws(MatrixError) {
                (states, projected, layers) = (try Matrix(), try Matrix(), try TransformerStack.Scratch())
            }
        }

        init(
            _ engine: MatrixEngine, _ precision: Precision, _ text: CLIPConfiguration.Text, _ width: Int,
            _ weights: WeightFile, _ normalised: Bool
        ) throws {
            let hidden = text.transformer.hidden, prefix = "text_model"
            var reader = TensorReader(weights)
            self.tokens = try EmbeddingTable(
                &reader, "\(prefix).embeddings.token_embedding.weight", rows: text.vocabulary, width: hidden)
            self.positions = try reader.table(
                "\(prefix).embeddings.position_embedding.weight", rows: text.positions, columns: hidden)
            self.layers = try TransformerStack(
                engine, precision, text.transformer, &reader, names: LayerNames.clip(prefix), normalisation: .before,
                causal: true, wanted: .last)
            self.norm = try reader.layerNorm(
                engine, "\(prefix).final_layer_norm", width: hidden, epsilon: text.transformer.epsilon)
            self.projection = try reader.linear(
                engine, precision.ofSensitiveLayers, ["text_projection"], outputs: width, inputs: hidden,
                bias: false)
            self.normalised = normalised
            try reader.finish { CLIPTensors.isIgnorable($0, forTower: prefix) }
        }

        func encode(_ batch: TokenBatch, _ scratch: Scratch) throws(MatrixError) -> [[Float]] {
            let states = scratch.states
            try states.reshape(rows: batch.ids.count, columns: positions.columns)  // [tokens, hidden]
            for sequence in batch.sequences {
                for row in sequence {
                    tokens.copy(batch.ids[row], to: row, of: states)
                    states.add(row: row - sequence.lowerBound, of: positions, to: row)
                }
            }
            let ends = try layers(states, sequences: batch.sequences, scratch.layers)  // [batch, hidden]
            norm(ends, into: ends)
            try scratch.projected.reshape(rows: ends.rows, columns: projection.outputs)
            try projection(ends, into: scratch.projected)
            return scratch.projected.vectors(normalised: normalised)
        }
    }
}
