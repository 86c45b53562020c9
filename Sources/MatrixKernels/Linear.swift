internal import CMatrixKernels

/// `y = activation(x · Wᵀ + b)` with weights that are packed once for the engine.
public struct Linear: Sendable {
    /// The width of the output.
    public let outputs: Int
    /// The width of the input.
    public let inputs: Int
    public let precision: Precision
    private let engine: MatrixEngine
    private let weights: PackedWeights
    private let bias: [Float]?

    /// Packs `weights` `[outputs, inputs]`, row-major, and `bias` `[outputs]`.
    ///
    /// - Complexity: One pass over the weights.
    /// - Throws: `MatrixError`.
    public init(
        _ engine: MatrixEngine, _ precision: Precision = .f32, weights: [Float], bias: [Float]?, outputs: Int, inputs: Int
    ) throws(MatrixError) {
        precondition(outputs > 0 && inputs > 0 && weights.count == outputs * inputs)
        precondition(bias.map { $0.count == outputs } ?? true)
        self.engine = engine
        self.precision = precision
        self.outputs = outputs
        self.inputs = inputs
        self.bias = bias
        self.weights = try PackedWeights(engine, precision, weights: weights, outputs: outputs, inputs: inputs)
    }

    /// `output = activation(input · Wᵀ + b)`, `[rows, inputs]` to `[rows, outputs]`.
    ///
    /// - Parameter norm: A normalisation of the input's rows that comes first; the input stays as it is.
    /// - Complexity: O(*rows* · *inputs* · *outputs*).
    /// - Throws: `MatrixError`.
    public func callAsFunction(
        _ input: Matrix, normalisedBy norm: LayerNorm? = nil, into output: Matrix, activation: Activation = .none
    ) throws(MatrixError) {
        precondition(input.columns == inputs && output.columns == outputs)
        try run(input, norm, output, activation: activation, accumulate: false)
    }

    /// `output = input · Wᵀ + b` between some columns of wider matrices.
    ///
    /// - Parameters:
    ///   - source: The first of the `inputs` columns of `input`.
    ///   - target: The first of the `outputs` columns of `output`.
    /// - Throws: `MatrixError`.
    public func callAsFunction(
        _ input: Matrix, from source: Int, into output: Matrix, at target: Int
    ) throws(MatrixError) {
        try run(input, from: source, nil, output, at: target, activation: .none, accumulate: false)
    }

    /// `output += input · Wᵀ + b`: a residual connection.
    public func add(_ input: Matrix, to output: Matrix) throws(MatrixError) {
        precondition(input.columns == inputs && output.columns == outputs)
        try run(input, nil, output, activation: .none, accumulate: true)
    }

    private func run(
        _ input: Matrix, from source: Int = 0, _ norm: LayerNorm?, _ output: Matrix, at target: Int = 0,
        activation: Activation, accumulate: Bool
    ) throws(MatrixError) {
        precondition(input.rows == output.rows && input !== output && norm.map { $0.width == inputs } ?? true)
        guard input.rows > 0 else { return }
        var arguments = cm_linear_arguments()
        arguments.input = UnsafePointer(input.pointer(row: 0, column: source, width: inputs))
        arguments.input_stride = input.columns
        arguments.packed = weights.memory
        arguments.output = output.pointer(row: 0, column: target, width: outputs)
        arguments.output_stride = output.columns
        (arguments.m, arguments.n, arguments.k) = (input.rows, outputs, inputs)
        arguments.precision = precision.code
        arguments.activation = activation.code
        arguments.accumulate = accumulate ? 1 : 0
        let done = withExtendedLifetime(weights) {
            withBias {
                arguments.bias = $0
                guard let norm else { return cm_linear(engine.code, engine.threadCount, &arguments) }
                return norm.withNorm {
                    arguments.norm = $0
                    return cm_linear(engine.code, engine.threadCount, &arguments)
                }
            }
        }
        guard done else { throw .outOfMemory }
    }

    private func withBias<Result>(_ body: (UnsafePointer<Float>?) -> Result) -> Result {
        guard let bias else { return body(nil) }
        return bias.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
