internal import CMatrixKernels

/// A depthwise convolution followed by ReLU6, on images whose rows are pixels and whose columns are channels.
public final class DepthwiseConvolution {
    private let engine: MatrixEngine
    private let window: ConvolutionWindow
    private let weights: Matrix
    private let bias: Matrix

    /// - Parameters:
    ///   - weights: `[channels, kernel, kernel]`
    ///   - bias: `[channels]`
    public init(
        _ engine: MatrixEngine, weights: [Float], bias: [Float], window: ConvolutionWindow
    ) throws(MatrixError) {
        let channels = bias.count, taps = window.kernel * window.kernel
        precondition(weights.count == channels * taps)
        self.engine = engine
        self.window = window
        self.bias = try Matrix(bias, rows: 1, columns: channels)
        self.weights = try Matrix(rows: taps, columns: channels)
        for tap in 0..<taps {
            self.weights.withRow(tap) { row in
                for channel in 0..<channels { row[channel] = weights[channel * taps + tap] }
            }
        }
    }

    /// `[batch · size², channels]` to `[batch · outputSize², channels]`.
    public func callAsFunction(_ input: Matrix, into output: Matrix, batch: Int) {
        let channels = bias.columns, taps = window.kernel * window.kernel
        precondition(input.columns == channels && output.columns == channels && input !== output)
        precondition(input.rows == batch * window.inputSize * window.inputSize)
        precondition(output.rows == batch * window.outputSize * window.outputSize)
        guard output.rows > 0 else { return }
        var arguments = cm_depthwise_arguments()
        arguments.input = UnsafePointer(input.pointer(row: 0, column: 0, width: channels))
        arguments.weights = UnsafePointer(weights.pointer(rows: 0..<taps, columns: 0..<channels))
        arguments.bias = UnsafePointer(bias.pointer(row: 0, column: 0, width: channels))
        arguments.output_values = output.pointer(row: 0, column: 0, width: channels)
        (arguments.channels, arguments.batch) = (channels, batch)
        (arguments.size, arguments.output) = (window.inputSize, window.outputSize)
        (arguments.kernel, arguments.stride, arguments.padding) = (window.kernel, window.stride, window.padding)
        cm_depthwise(engine.code, engine.threadCount, &arguments)
    }
}
