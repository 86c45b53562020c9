public import MatrixKernels

/// The text tower of SigLIP: a transformer in which every token sees every other, whose state at the last place is projected.
///
/// Texts are filled up to the full length, and nothing hides what they are filled up with: the tower was trained so, and the
/// last place mostly holds padding.
///
/// Source: Zhai et al., arXiv 2303.15343; transformers, models/siglip/modeling_siglip.py (`SiglipTextModel`).
public final class SigLIPTextEncoder: TextEncoder {
    public let dimensions: Int
    private let configuration: SigLIPConfiguration.Text
    private let tower: Tower
    private let scratch = ScratchPool { () throws(MatrixError) in try Tower.Scratch() }

    /// Loads the tower from the weights of a whole `SiglipModel`, or of its text side alone.
    ///
    /// - Throws: `EncoderLoadingError`.
    public init(
        _ engine: MatrixEngine, _ precision: Precision = .f32, _ configuration: SigLIPConfiguration.Text,
        weights: WeightFile
    ) throws(EncoderLoadingError) {
        self.dimensions = configuration.projection
        self.configuration = configuration
        self.tower = try loading { try Tower(engine, precision, configuration, weights) }
    }

    public func encode(_ batch: [[Int32]]) throws(EncoderError) -> [[Float]] {
        let length = configuration.positions, padding = configuration.padding
        var texts: [[Int32]] = []
        for (index, tokens) in batch.enumerated() {
            guard !tokens.isEmpty else { throw .emptySequence(index: index) }
            texts.append(tokens + Array(repeating: padding, count: max(0, length - tokens.count)))
        }
        guard !texts.isEmpty else { return [] }
        let tokens = try TokenBatch(texts, vocabulary: configuration.vocabulary, limit: length)
        return try scratch.withScratch { scratch throws(MatrixError) in try tower.encode(tokens, scratch) }
    }

    private struct Tower: Sendable {
        private let tokens: EmbeddingTable
        private let positions: Table
        private let layers: TransformerStack
        private let norm: LayerNorm
        private let head: Linear

        final class Scratch {
            let states, projected: Matrix
            let layers: TransformerStack.Scratch

            init() throws(MatrixError) {
                (states, projected, layers) = (try Matrix(), try Matrix(), try TransformerStack.Scratch())
            }
        }

        init(
            _ engine: MatrixEngine, _ precision: Precision, _ text: SigLIPConfiguration.Text, _ weights: WeightFile
        ) throws {
            let hidden = text.transformer.hidden, prefix = "text_model"
            var reader = TensorReader(weights)
            self.tokens = try EmbeddingTable(
                &reader, "\(prefix).embeddings.token_embedding.weight", rows: text.vocabulary, width: hidden)
            self.positions = try reader.table(
                "\(prefix).embeddings.position_embedding.weight", rows: text.positions, columns: hidden)
            self.layers = try TransformerStack(
                engine, precision, text.transformer, &reader, names: LayerNames.clip(prefix), normalisation: .before,
                causal: false, wanted: .last)
            self.norm = try reader.layerNorm(
                engine, "\(prefix).final_layer_norm", width: hidden, epsilon: text.transformer.epsilon)
            self.head = try reader.linear(
                engine, precision.ofSensitiveLayers, ["\(prefix).head"], outputs: text.projection, inputs: hidden)
            try reader.finish { SigLIPTensors.isIgnorable($0, forTower: prefix) }
        }

        func encode(_ batch: TokenBatch, _ scratch: Scratch) throws(MatrixError) -> [[Float]] {
            let states = scratch.states
            try states.reshape(rows: batch.ids.count, columns: positions.columns)  // [batch · positions, hidden]
            for sequence in batch.sequences {
                for row in sequence {
                    tokens.copy(batch.ids[row], to: row, of: states)
                    states.add(row: row - sequence.lowerBound, of: positions, to: row)
                }
            }
            let ends = try layers(states, sequences: batch.sequences, scratch.layers)  // [batch, hidden]
            norm(ends, into: ends)
            try scratch.projected.reshape(rows: ends.rows, columns: head.outputs)
            try head(ends, into: scratch.projected)
            return scratch.projected.vectors(normalised: false)
        }
    }
}
