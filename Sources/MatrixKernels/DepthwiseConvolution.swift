internal import CMatrixKernels

/// A depthwise convolution followed by ReLU6, on images whose rows are pixels and whose columns are channels.
public struct DepthwiseConvolution: Sendable {
    private let engine: MatrixEngine
    private let window: ConvolutionWindow
    /// `[kernel², channels]`
    private let weights: [Float]
    private let bias: [Float]

    /// - Parameters:
    ///   - weights: `[channels, kernel, kernel]`
    ///   - bias: `[channels]`
    public init(_ engine: MatrixEngine, weights: [Float], bias: [Float], window: ConvolutionWindow) {
        let channels = bias.count, taps = window.kernel * window.kernel
        precondition(weights.count == channels * taps)
        self.engine = engine
        self.window = window
        self.bias = bias
        self.weights = (0..<taps).flatMap { tap in (0..<channels).map { weights[$0 * taps + tap] } }
    }

    /// `[batch · size², channels]` to `[batch · outputSize², channels]`.
    public func callAsFunction(_ input: Matrix, into output: Matrix, batch: Int) {
        let channels = bias.count
        precondition(input.columns == channels && output.columns == channels && input !== output)
        precondition(input.rows == batch * window.inputSize * window.inputSize)
        precondition(output.rows == batch * window.outputSize * window.outputSize)
        guard output.rows > 0 else { return }
        var arguments = cm_depthwise_arguments()
        arguments.input = UnsafePointer(input.pointer(row: 0, column: 0, width: channels))
        arguments.output_values = output.pointer(row: 0, column: 0, width: channels)
        (arguments.channels, arguments.batch) = (channels, batch)
        (arguments.size, arguments.output) = (window.inputSize, window.outputSize)
        (arguments.kernel, arguments.stride, arguments.padding) = (window.kernel, window.stride, window.padding)
        weights.withUnsafeBufferPointer { weights in
            bias.withUnsafeBufferPointer { bias in
                arguments.weights = weights.baseAddress
                arguments.bias = bias.baseAddress
                cm_depthwise(engine.code, engine.threadCount, &arguments)
            }
        }
    }
}
