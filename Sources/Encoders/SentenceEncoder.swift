public import MatrixKernels

/// BERT or DistilBERT with what sentence-transformers puts behind it: pooling, dense layers, normalisation.
///
/// Source: Devlin et al., arXiv 1810.04805; Sanh et al., arXiv 1910.01108; Reimers and Gurevych, arXiv 1908.10084.
public final class SentenceEncoder: TextEncoder {
    public let dimensions: Int
    private let transformer: BERTConfiguration
    private let tower: Tower
    private let scratch: ScratchPool<Tower.Scratch>

    /// - Parameter weights: Of the transformer; those of dense layers are read from the files that the configuration names.
    /// - Throws: `EncoderLoadingError`.
    public init(
        _ engine: MatrixEngine, _ precision: Precision = .f32, _ configuration: SentenceConfiguration,
        weights: WeightFile
    ) throws(EncoderLoadingError) {
        self.dimensions = configuration.dimensions
        self.transformer = configuration.transformer
        self.tower = try loading { try Tower(engine, precision, configuration, weights) }
        let layers = configuration.dense.count
        self.scratch = ScratchPool { () throws(MatrixError) in try Tower.Scratch(denseLayers: layers) }
    }

    /// As `TextEncoder` has it. Texts of a batch stand one behind the other, without padding.
    public func encode(_ batch: [[Int32]]) throws(EncoderError) -> [[Float]] {
        let tokens = try TokenBatch(batch, vocabulary: transformer.vocabulary, limit: transformer.positions)
        guard !batch.isEmpty else { return [] }
        return try scratch.withScratch { scratch throws(MatrixError) in try tower.encode(tokens, scratch) }
    }

    private struct Tower: Sendable {
        private let words: EmbeddingTable
        private let positions: Table
        private let firstNorm: LayerNorm
        private let layers: TransformerStack
        private let pooling: [SentenceConfiguration.Pooling]
        private let dense: [(layer: Linear, activation: Activation)]
        private let normalised: Bool

        final class Scratch {
            let states, pooled: Matrix
            let dense: [Matrix]
            let layers: TransformerStack.Scratch

            init(denseLayers: Int) throws(MatrixError) {
                var dense: [Matrix] = []
                for _ in 0..<denseLayers { dense.append(try Matrix()) }
                self.dense = dense
                (states, pooled, layers) = (try Matrix(), try Matrix(), try TransformerStack.Scratch())
            }
        }

        init(
            _ engine: MatrixEngine, _ precision: Precision, _ configuration: SentenceConfiguration, _ weights: WeightFile
        ) throws {
            let bert = configuration.transformer, shape = bert.transformer
            var reader = TensorReader(weights)
            self.words = try EmbeddingTable(
                &reader, "embeddings.word_embeddings.weight", rows: bert.vocabulary, width: shape.hidden)
            var positions = try reader.floats("embeddings.position_embeddings.weight", [bert.positions, shape.hidden])
            if bert.types > 0 {
                // All tokens are of the first type.
                let types = try reader.floats("embeddings.token_type_embeddings.weight", [bert.types, shape.hidden])
                for index in positions.indices { positions[index] += types[index % shape.hidden] }
            }
            self.positions = Table(positions, rows: bert.positions, columns: shape.hidden)
            self.firstNorm = try reader.layerNorm(
                engine, "embeddings.LayerNorm", width: shape.hidden, epsilon: shape.epsilon)
            self.layers = try TransformerStack(
                engine, precision, shape, &reader, names: bert.family == .bert ? LayerNames.bert : LayerNames.distilBERT,
                normalisation: .after, causal: false, wanted: configuration.pooling == [.cls] ? .first : .all)
            try reader.finish { name in
                Self.ignorable.contains(name) || configuration.dense.contains { $0.holds(name, of: weights) }
            }
            self.pooling = configuration.pooling
            self.dense = try configuration.dense.map {
                try Self.dense(engine, precision.ofSensitiveLayers, $0, weights)
            }
            self.normalised = configuration.normalised
        }

        /// A buffer that old versions stored, and a head that sentence-transformers does not use.
        private static let ignorable: Set<String> = [
            "embeddings.position_ids", "embeddings.token_type_ids", "pooler.dense.weight", "pooler.dense.bias",
        ]

        private static func dense(
            _ engine: MatrixEngine, _ precision: Precision, _ dense: SentenceConfiguration.Dense, _ weights: WeightFile
        ) throws -> (Linear, Activation) {
            let isShared = dense.weights == weights.path
            var reader = TensorReader(isShared ? weights : try WeightFile(path: dense.weights))
            let layer = try reader.linear(
                engine, precision, [dense.name], outputs: dense.outputs, inputs: dense.inputs, bias: dense.hasBias)
            try reader.finish { _ in isShared }
            return (layer, dense.activation)
        }

        func encode(_ batch: TokenBatch, _ scratch: Scratch) throws(MatrixError) -> [[Float]] {
            let states = scratch.states
            try states.reshape(rows: batch.ids.count, columns: positions.columns)  // [tokens, hidden]
            for sequence in batch.sequences {
                for row in sequence {
                    words.copy(batch.ids[row], to: row, of: states)
                    states.add(row: row - sequence.lowerBound, of: positions, to: row)
                }
            }
            firstNorm(states, into: states)
            let final = try layers(states, sequences: batch.sequences, scratch.layers)
            try pool(final, batch.sequences, into: scratch.pooled)
            var output = scratch.pooled  // [batch, width]
            for ((layer, activation), next) in zip(dense, scratch.dense) {
                try next.reshape(rows: output.rows, columns: layer.outputs)
                try layer(output, into: next, activation: activation)
                output = next
            }
            return output.vectors(normalised: normalised)
        }

        private func pool(_ states: Matrix, _ sequences: [Range<Int>], into pooled: Matrix) throws(MatrixError) {
            let width = states.columns
            try pooled.reshape(rows: sequences.count, columns: width * pooling.count)
            for (index, rows) in sequences.enumerated() {
                for (part, mode) in pooling.enumerated() {
                    let vector =
                        switch mode {
                        // With CLS alone, the stack has already left out the other tokens.
                        case .cls: states.row(states.rows == sequences.count ? index : rows.lowerBound)
                        case .mean: states.mean(of: rows)
                        case .max: states.maximum(of: rows)
                        }
                    pooled.withRow(index) { row in
                        for column in 0..<width { row[part * width + column] = vector[column] }
                    }
                }
            }
        }
    }
}
