internal import CMatrixKernels

/// How a square kernel passes over a square image.
public struct ConvolutionWindow: Equatable, Sendable {
    public let inputSize: Int
    public let outputSize: Int
    public let kernel: Int
    public let stride: Int
    /// The zeros before the first cell, left and above; those right and below follow from the other numbers.
    public let padding: Int

    /// Windows that lie inside the image: `⌊(n − kernel) / stride⌋ + 1` of them.
    public init(validOver inputSize: Int, kernel: Int, stride: Int) {
        precondition(kernel > 0 && stride > 0 && inputSize >= kernel)
        self.inputSize = inputSize
        self.outputSize = (inputSize - kernel) / stride + 1
        self.kernel = kernel
        self.stride = stride
        self.padding = 0
    }

    /// TensorFlow's SAME padding: `⌈n / stride⌉` windows; an odd zero goes to the right and below.
    public init(sameOver inputSize: Int, kernel: Int, stride: Int) {
        precondition(kernel > 0 && stride > 0 && inputSize > 0)
        self.inputSize = inputSize
        self.outputSize = (inputSize + stride - 1) / stride
        self.kernel = kernel
        self.stride = stride
        self.padding = max((outputSize - 1) * stride + kernel - inputSize, 0) / 2
    }

    /// Cuts `image` `[channels, inputSize, inputSize]` into rows `[outputSize², channels · kernel²]` of `matrix`, from row
    /// `first`: a dense convolution is then a product with weights `[outputs, channels · kernel²]`.
    public func cut(
        _ engine: MatrixEngine, _ image: [Float], channels: Int, into matrix: Matrix, from first: Int
    ) {
        let width = channels * kernel * kernel, windows = outputSize * outputSize
        precondition(image.count == channels * inputSize * inputSize && matrix.columns == width)
        cm_windows(
            engine.threadCount, image, channels, inputSize, kernel, stride, padding, outputSize,
            matrix.pointer(rows: first..<(first + windows), columns: 0..<width), width)
    }
}
