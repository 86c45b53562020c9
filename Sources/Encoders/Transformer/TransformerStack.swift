internal import MatrixKernels

/// A stack of transformer layers over a batch without padding: all products run over all tokens of the batch at once,
/// attention within each sequence.
struct TransformerStack: Sendable {
    /// Where the normalisations stand.
    enum Normalisation: Sendable {
        /// Before attention and feed-forward, as in CLIP.
        case before
        /// After each residual, as in BERT.
        case after
    }

    /// Whose final states are wanted. The last layer is computed for those alone, which is exact.
    enum Wanted: Sendable {
        case all, first, last
    }

    private enum AttentionPart: Sendable {
        /// Every token asks: query, key and value side by side.
        case all(Linear)
        /// In a last layer one token of each sequence asks.
        case picked(PickedAttention)
    }

    private struct Layer: Sendable {
        let attend: AttentionPart
        let attentionOutput, up, down: Linear
        let attentionNorm, outputNorm: LayerNorm
    }

    private let hidden: Int
    private let activation: Activation
    private let normalisation: Normalisation
    private let wanted: Wanted
    private let layers: [Layer]
    private let attention: Attention

    /// What one call works in. It grows to the largest batch.
    final class Scratch {
        fileprivate let projected, attended, expanded, picked, normed, pickedNormed: Matrix
        fileprivate let pickedAttention: PickedAttention.Scratch

        init() throws(MatrixError) {
            (projected, attended, expanded) = (try Matrix(), try Matrix(), try Matrix())
            (picked, normed, pickedNormed) = (try Matrix(), try Matrix(), try Matrix())
            pickedAttention = try PickedAttention.Scratch()
        }
    }

    init(
        _ engine: MatrixEngine, _ precision: Precision, _ configuration: TransformerConfiguration,
        _ reader: inout TensorReader,
        names: (Int) -> LayerNames, normalisation: Normalisation, causal: Bool, wanted: Wanted
    ) throws {
        let hidden = configuration.hidden, epsilon = configuration.epsilon
        var layers: [Layer] = []
        for index in 0..<configuration.layers {
            let name = names(index), splits = index == configuration.layers - 1 && wanted != .all
            // What is computed for some tokens alone is cheap, and goes straight into the final vector.
            let later = splits ? precision.ofSensitiveLayers : precision
            func linear(_ precision: Precision, _ names: [String], _ outputs: Int, _ inputs: Int) throws -> Linear {
                try reader.linear(engine, precision, names, outputs: outputs, inputs: inputs)
            }
            layers.append(
                Layer(
                    attend: splits
                        ? .picked(try PickedAttention(engine, later, configuration, &reader, name))
                        : .all(try linear(precision, [name.query, name.key, name.value], hidden, hidden)),
                    attentionOutput: try linear(later, [name.attentionOutput], hidden, hidden),
                    up: try linear(later, [name.up], configuration.intermediate, hidden),
                    down: try linear(later, [name.down], hidden, configuration.intermediate),
                    attentionNorm: try reader.layerNorm(engine, name.attentionNorm, width: hidden, epsilon: epsilon),
                    outputNorm: try reader.layerNorm(engine, name.outputNorm, width: hidden, epsilon: epsilon)))
        }
        self.layers = layers
        self.hidden = hidden
        self.activation = configuration.activation
        self.normalisation = normalisation
        self.wanted = wanted
        self.attention = Attention(
            engine, precision, heads: configuration.heads, headSize: hidden / configuration.heads, causal: causal)
    }

    /// Runs all layers over `states` `[tokens, hidden]`, which are overwritten.
    ///
    /// - Parameters:
    ///   - sequences: The rows of each sequence, none empty.
    /// - Returns: `[tokens, hidden]`, or `[sequences, hidden]` if only one token of each is wanted. It belongs to `states`
    ///   or to `scratch`.
    func callAsFunction(
        _ states: Matrix, sequences: [Range<Int>], _ scratch: Scratch
    ) throws(MatrixError) -> Matrix {
        let everyone = sequences.map { Attention.Sequence(queries: $0, keys: $0) }
        for layer in layers {
            switch layer.attend {
            case .picked(let attention): return try last(layer, attention, states, sequences, scratch)
            case .all(let projection): try attend(layer, projection, states, everyone, scratch)
            }
            try feedForward(layer, states, scratch)
        }
        return states
    }

    private func attend(
        _ layer: Layer, _ projection: Linear, _ states: Matrix, _ sequences: [Attention.Sequence], _ scratch: Scratch
    ) throws(MatrixError) {
        let projected = scratch.projected, attended = scratch.attended
        try projected.reshape(rows: states.rows, columns: 3 * hidden)
        try projection(states, normalisedBy: before(layer.attentionNorm), into: projected)
        try attended.reshape(rows: states.rows, columns: hidden)
        try attention(
            query: .init(of: projected), key: .init(of: projected, from: hidden),
            value: .init(of: projected, from: 2 * hidden), sequences: sequences, into: attended)
        try layer.attentionOutput.add(attended, to: states)
        if normalisation == .after { layer.attentionNorm(states, into: states) }
    }

    /// `norm`, if it stands before what it belongs to.
    private func before(_ norm: LayerNorm) -> LayerNorm? { normalisation == .before ? norm : nil }

    private func feedForward(_ layer: Layer, _ states: Matrix, _ scratch: Scratch) throws(MatrixError) {
        let expanded = scratch.expanded
        try expanded.reshape(rows: states.rows, columns: layer.up.outputs)
        try layer.up(states, normalisedBy: before(layer.outputNorm), into: expanded, activation: activation)
        try layer.down.add(expanded, to: states)
        if normalisation == .after { layer.outputNorm(states, into: states) }
    }

    /// The last layer: all tokens are looked at, one of each sequence asks and goes on.
    private func last(
        _ layer: Layer, _ attention: PickedAttention, _ states: Matrix, _ sequences: [Range<Int>], _ scratch: Scratch
    ) throws(MatrixError) -> Matrix {
        let picked = scratch.picked, pickedNormed = scratch.pickedNormed
        var source = states
        if normalisation == .before {
            source = scratch.normed
            try source.reshape(rows: states.rows, columns: hidden)
            layer.attentionNorm(states, into: source)
        }
        try picked.reshape(rows: sequences.count, columns: hidden)
        try pickedNormed.reshape(rows: sequences.count, columns: hidden)
        for (index, rows) in sequences.enumerated() {
            let row = wanted == .first ? rows.lowerBound : rows.upperBound - 1
            picked.copy(row: row, of: states, to: index)
            pickedNormed.copy(row: row, of: source, to: index)
        }
        let attended = try attention(pickedNormed, of: source, sequences: sequences, scratch.pickedAttention)
        try layer.attentionOutput.add(attended, to: picked)
        if normalisation == .after { layer.attentionNorm(picked, into: picked) }
        try feedForward(layer, picked, scratch)
        return picked
    }
}
