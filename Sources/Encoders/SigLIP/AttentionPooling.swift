internal import MatrixKernels

/// One vector of many: a learned query attends to all states, then passes through a feed-forward part with a residual.
///
/// Source: Zhai et al., arXiv 2106.04560 ("MAP head"); transformers, models/siglip/modeling_siglip.py
/// (`SiglipMultiheadAttentionPoolingHead`).
struct AttentionPooling: Sendable {
    /// The query is the same for every picture, so it is projected once: `[1, hidden]`.
    private let query: Table
    /// Key and value side by side.
    private let projection: Linear
    private let attentionOutput, up, down: Linear
    private let norm: LayerNorm
    private let attention: Attention
    private let activation: Activation

    final class Scratch {
        fileprivate let projected, queries, attended, pooled, normed, expanded: Matrix

        init() throws(MatrixError) {
            (projected, queries, attended) = (try Matrix(), try Matrix(), try Matrix())
            (pooled, normed, expanded) = (try Matrix(), try Matrix(), try Matrix())
        }
    }

    init(
        _ engine: MatrixEngine, _ precision: Precision, _ configuration: TransformerConfiguration,
        _ reader: inout TensorReader, _ name: String
    ) throws {
        let hidden = configuration.hidden, size = hidden * hidden, later = precision.ofSensitiveLayers
        // torch's own layer keeps query, key and value in one tensor, in this order.
        let weights = try reader.floats("\(name).attention.in_proj_weight", [3 * hidden, hidden])
        let bias = try reader.floats("\(name).attention.in_proj_bias", [3 * hidden])
        let probe = try Matrix(), projected = try Matrix()
        try probe.reshape(rows: 1, columns: hidden)
        try projected.reshape(rows: 1, columns: hidden)
        probe.copy(row: 0, of: Table(try reader.floats("\(name).probe", [1, 1, hidden]), rows: 1, columns: hidden), to: 0)
        let first = try Linear(
            engine, weights: Array(weights[..<size]), bias: Array(bias[..<hidden]), outputs: hidden, inputs: hidden)
        try first(probe, into: projected)
        self.query = Table(projected.row(0), rows: 1, columns: hidden)
        self.projection = try Linear(
            engine, precision, weights: Array(weights[size...]), bias: Array(bias[hidden...]), outputs: 2 * hidden,
            inputs: hidden)
        self.attentionOutput = try reader.linear(
            engine, later, ["\(name).attention.out_proj"], outputs: hidden, inputs: hidden)
        self.norm = try reader.layerNorm(engine, "\(name).layernorm", width: hidden, epsilon: configuration.epsilon)
        self.up = try reader.linear(
            engine, later, ["\(name).mlp.fc1"], outputs: configuration.intermediate, inputs: hidden)
        self.down = try reader.linear(
            engine, later, ["\(name).mlp.fc2"], outputs: hidden, inputs: configuration.intermediate)
        self.attention = Attention(
            engine, heads: configuration.heads, headSize: hidden / configuration.heads, causal: false)
        self.activation = configuration.activation
    }

    /// `[tokens, hidden]` to `[sequences, hidden]`, which belongs to `scratch`.
    func callAsFunction(
        _ states: Matrix, sequences: [Range<Int>], _ scratch: Scratch
    ) throws(MatrixError) -> Matrix {
        let hidden = query.columns, count = sequences.count
        try scratch.projected.reshape(rows: states.rows, columns: 2 * hidden)
        try projection(states, into: scratch.projected)
        for matrix in [scratch.queries, scratch.attended, scratch.pooled, scratch.normed] {
            try matrix.reshape(rows: count, columns: hidden)
        }
        for index in 0..<count { scratch.queries.copy(row: 0, of: query, to: index) }
        try attention(
            query: .init(of: scratch.queries), key: .init(of: scratch.projected),
            value: .init(of: scratch.projected, from: hidden),
            sequences: sequences.enumerated().map { .init(queries: $0..<($0 + 1), keys: $1) }, into: scratch.attended)
        try attentionOutput(scratch.attended, into: scratch.pooled)
        norm(scratch.pooled, into: scratch.normed)
        try scratch.expanded.reshape(rows: count, columns: up.outputs)
        try up(scratch.normed, into: scratch.expanded, activation: activation)
        try down.add(scratch.expanded, to: scratch.pooled)
        return scratch.pooled
    }
}
