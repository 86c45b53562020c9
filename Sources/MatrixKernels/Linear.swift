internal import CMatrixKernels

/// `y = activation(x · Wᵀ + b)` with weights that are packed once for the engine.
public final class Linear {
    /// The width of the output.
    public let outputs: Int
    /// The width of the input.
    public let inputs: Int
    private let engine: MatrixEngine
    private let weights: Storage
    private let bias: Matrix?

    private enum Storage {
        case panels(Matrix)
        case plain(Matrix)
        case oneDNN(OpaquePointer)
    }

    /// Packs `weights` `[outputs, inputs]`, row-major, and `bias` `[outputs]`.
    ///
    /// - Complexity: One pass over the weights.
    /// - Throws: `MatrixError`.
    public init(
        _ engine: MatrixEngine, weights: [Float], bias: [Float]?, outputs: Int, inputs: Int
    ) throws(MatrixError) {
        precondition(outputs > 0 && inputs > 0 && weights.count == outputs * inputs)
        precondition(bias.map { $0.count == outputs } ?? true)
        self.engine = engine
        self.outputs = outputs
        self.inputs = inputs
        switch engine.backend {
        case .native:
            let panels = try Matrix()
            try panels.reshape(rows: 1, columns: cm_packed_count(engine.code, outputs, inputs))
            cm_pack(
                engine.code, engine.threadCount, weights, outputs, inputs,
                panels.pointer(row: 0, column: 0, width: panels.columns))
            self.weights = .panels(panels)
        case .openBLAS:
            self.weights = .plain(try Matrix(weights, rows: outputs, columns: inputs))
        case .oneDNN:
            var layer: OpaquePointer?
            let status = cm_dnnl_linear_create(engine.threadCount, weights, bias, outputs, inputs, &layer)
            guard status == 0, let layer else { throw .oneDNN(status: Int(status)) }
            self.weights = .oneDNN(layer)
        }
        self.bias = if let bias { try Matrix(bias, rows: 1, columns: outputs) } else { nil }
    }

    deinit {
        if case .oneDNN(let layer) = weights { cm_dnnl_linear_destroy(layer) }
    }

    /// `output = activation(input · Wᵀ + b)`, `[rows, inputs]` to `[rows, outputs]`.
    ///
    /// - Complexity: O(*rows* · *inputs* · *outputs*).
    /// - Throws: `MatrixError.oneDNN`.
    public func callAsFunction(
        _ input: Matrix, into output: Matrix, activation: Activation = .none
    ) throws(MatrixError) {
        try run(input, output, activation: activation, accumulate: false)
    }

    /// `output += input · Wᵀ + b`: a residual connection.
    public func add(_ input: Matrix, to output: Matrix) throws(MatrixError) {
        try run(input, output, activation: .none, accumulate: true)
    }

    private func run(
        _ input: Matrix, _ output: Matrix, activation: Activation, accumulate: Bool
    ) throws(MatrixError) {
        precondition(input.columns == inputs && output.columns == outputs && input.rows == output.rows)
        precondition(input !== output)
        guard input.rows > 0 else { return }
        var arguments = cm_linear_arguments()
        arguments.input = UnsafePointer(input.pointer(row: 0, column: 0, width: inputs))
        arguments.input_stride = inputs
        arguments.output = output.pointer(row: 0, column: 0, width: outputs)
        arguments.output_stride = outputs
        arguments.bias = bias.map { UnsafePointer($0.pointer(row: 0, column: 0, width: outputs)) }
        (arguments.m, arguments.n, arguments.k) = (input.rows, outputs, inputs)
        arguments.activation = activation.code
        arguments.accumulate = accumulate ? 1 : 0
        switch weights {
        case .panels(let panels):
            arguments.packed = UnsafePointer(panels.pointer(row: 0, column: 0, width: panels.columns))
            cm_linear(engine.code, engine.threadCount, &arguments)
        case .plain(let plain):
            arguments.packed = UnsafePointer(plain.pointer(row: 0, column: 0, width: inputs))
            cm_openblas_linear(engine.code, engine.threadCount, &arguments)
        case .oneDNN(let layer):
            let status = cm_dnnl_linear_run(layer, engine.threadCount, &arguments)
            guard status == 0 else { throw .oneDNN(status: Int(status)) }
        }
    }
}
