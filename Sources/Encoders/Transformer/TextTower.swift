internal import MatrixKernels

/// The text tower of a model of pictures and texts: words and positions, layers, and the last token's state projected.
struct TextTower: Sendable {
    /// What sets one family's tower apart from another's.
    struct Family: Sendable {
        /// Whether a token sees those before it only.
        let causal: Bool
        /// The name of the projection, and whether it has a bias.
        let projection: (name: String, hasBias: Bool)
        /// Tensors that the tower does without.
        let isIgnorable: @Sendable (_ name: String, _ tower: String) -> Bool
    }

    private let tokens: EmbeddingTable
    private let positions: Table
    private let layers: TransformerStack
    private let norm: LayerNorm
    private let projection: Linear
    private let normalised: Bool

    final class Scratch {
        fileprivate let states, projected: Matrix
        fileprivate let layers: TransformerStack.Scratch

        init() throws(MatrixError) {
            (states, projected, layers) = (try Matrix(), try Matrix(), try TransformerStack.Scratch())
        }
    }

    /// - Parameters:
    ///   - width: Of an embedding.
    ///   - normalised: Whether embeddings are scaled to unit length.
    init(
        _ engine: MatrixEngine, _ precision: Precision, _ family: Family, _ transformer: TransformerConfiguration,
        vocabulary: Int, positions: Int, width: Int, weights: WeightFile, normalised: Bool
    ) throws {
        let hidden = transformer.hidden, prefix = "text_model"
        var reader = TensorReader(weights)
        self.tokens = try EmbeddingTable(
            &reader, "\(prefix).embeddings.token_embedding.weight", rows: vocabulary, width: hidden)
        self.positions = try reader.table(
            "\(prefix).embeddings.position_embedding.weight", rows: positions, columns: hidden)
        self.layers = try TransformerStack(
            engine, precision, transformer, &reader, names: LayerNames.clip(prefix), normalisation: .before,
            causal: family.causal, wanted: .last)
        self.norm = try reader.layerNorm(
            engine, "\(prefix).final_layer_norm", width: hidden, epsilon: transformer.epsilon)
        self.projection = try reader.linear(
            engine, precision.ofSensitiveLayers, [family.projection.name], outputs: width, inputs: hidden,
            bias: family.projection.hasBias)
        self.normalised = normalised
        try reader.finish { family.isIgnorable($0, prefix) }
    }

    /// The embeddings of the batch's sequences, `[sequences, width]`.
    func encode(_ batch: TokenBatch, _ scratch: Scratch) throws(MatrixError) -> [[Float]] {
        let states = scratch.states
        try states.reshape(rows: batch.ids.count, columns: positions.columns)  // [tokens, hidden]
        for sequence in batch.sequences {
            for row in sequence {
                tokens.copy(batch.ids[row], to: row, of: states)
                states.add(row: row - sequence.lowerBound, of: positions, to: row)
            }
        }
        let ends = try layers(states, sequences: batch.sequences, scratch.layers)  // [sequences, hidden]
        norm(ends, into: ends)
        try scratch.projected.reshape(rows: ends.rows, columns: projection.outputs)
        try projection(ends, into: scratch.projected)
        return scratch.projected.vectors(normalised: normalised)
    }
}
