internal import MatrixKernels

/// The attention of a last layer of which one token a sequence is wanted.
///
/// With one query q, `softmax(q · (X Wₖᵀ + bₖ)ᵀ) · (X Wᵥᵀ + bᵥ)` need not project the states X of all tokens: Wₖ is applied to
/// the query and Wᵥ to the mix of states, head by head. bₖ adds the same to all scores of a query, which softmax does not see.
struct PickedAttention: Sendable {
    private let query: Linear
    /// Wₖᵀ and Wᵥ of each head.
    private let keys, values: [Linear]
    /// One head as wide as the states; the heads are its queries.
    private let attention: Attention
    private let hidden, headSize: Int

    final class Scratch {
        fileprivate let queries, turned, mixed, attended: Matrix

        init() throws(MatrixError) {
            (queries, turned, mixed, attended) = (try Matrix(), try Matrix(), try Matrix(), try Matrix())
        }
    }

    init(
        _ engine: MatrixEngine, _ precision: Precision, _ configuration: TransformerConfiguration,
        _ reader: inout TensorReader, _ names: LayerNames
    ) throws {
        let hidden = configuration.hidden, heads = configuration.heads, size = hidden / heads
        self.hidden = hidden
        self.headSize = size
        self.query = try reader.linear(engine, precision, [names.query], outputs: hidden, inputs: hidden)
        let key = try reader.floats(names.key + ".weight", [hidden, hidden])
        _ = try reader.floats(names.key + ".bias", [hidden])
        let value = try reader.floats(names.value + ".weight", [hidden, hidden])
        let bias = try reader.floats(names.value + ".bias", [hidden])
        // The kernel divides by the root of its own head's width, which is that of all heads together.
        let scale = Float(heads).squareRoot()
        self.keys = try (0..<heads).map { head in
            var transposed = [Float](repeating: 0, count: hidden * size)
            for row in 0..<size {
                for column in 0..<hidden { transposed[column * size + row] = scale * key[(head * size + row) * hidden + column] }
            }
            return try Linear(engine, precision, weights: transposed, bias: nil, outputs: hidden, inputs: size)
        }
        self.values = try (0..<heads).map { head in
            let rows = (head * size)..<((head + 1) * size)
            return try Linear(
                engine, precision, weights: Array(value[(rows.lowerBound * hidden)..<(rows.upperBound * hidden)]),
                bias: Array(bias[rows]), outputs: size, inputs: hidden)
        }
        self.attention = Attention(engine, precision, heads: 1, headSize: hidden, causal: false)
    }

    /// - Parameters:
    ///   - picked: The states that ask, `[sequences, hidden]`.
    ///   - states: The states of all tokens, `[tokens, hidden]`.
    /// - Returns: `[sequences, hidden]`, before the output projection. It belongs to `scratch`.
    func callAsFunction(
        _ picked: Matrix, of states: Matrix, sequences: [Range<Int>], _ scratch: Scratch
    ) throws(MatrixError) -> Matrix {
        let queries = scratch.queries, turned = scratch.turned, mixed = scratch.mixed, attended = scratch.attended
        let count = sequences.count, heads = keys.count
        try queries.reshape(rows: count, columns: hidden)
        try query(picked, into: queries)
        try turned.reshape(rows: count, columns: heads * hidden)
        for (head, key) in keys.enumerated() {
            try key(queries, from: head * headSize, into: turned, at: head * hidden)
        }
        turned.regroup(columns: hidden)
        try mixed.reshape(rows: count * heads, columns: hidden)
        try attention(
            query: .init(of: turned), key: .init(of: states), value: .init(of: states),
            sequences: sequences.enumerated().map { .init(queries: ($0 * heads)..<(($0 + 1) * heads), keys: $1) },
            into: mixed)
        mixed.regroup(columns: heads * hidden)
        try attended.reshape(rows: count, columns: hidden)
        for (head, value) in values.enumerated() {
            try value(mixed, from: head * hidden, into: attended, at: head * headSize)
        }
        return attended
    }
}
