internal import MatrixKernels

/// The convolutions of EfficientNet-Lite0 over one picture. Matrices are `[pixels, channels]`: a pointwise convolution is
/// then a linear layer over pixels.
struct CompactBackbone: Sendable {
    /// The mean of each tapped output over height and width.
    struct Means {
        /// `[headOutputs]`
        var pooled: [Float] = []
        /// `[outputs of the block]`, for each block.
        var blocks: [[Float]] = []

        subscript(feature: CompactConfiguration.Feature) -> [Float] {
            switch feature {
            case .pooled: pooled
            case .block(let index): blocks[index]
            }
        }
    }

    private struct Block: Sendable {
        let expand: Linear?
        let depthwise: DepthwiseConvolution
        let project: Linear
        let window: ConvolutionWindow
        let residual: Bool
    }

    private let engine: MatrixEngine
    private let stemWindow: ConvolutionWindow
    private let stem, last: Linear
    private let blocks: [Block]

    final class Scratch {
        fileprivate let windows, expanded, filtered, current, next: Matrix

        init() throws(MatrixError) {
            (windows, expanded, filtered) = (try Matrix(), try Matrix(), try Matrix())
            (current, next) = (try Matrix(), try Matrix())
        }
    }

    init(_ engine: MatrixEngine, _ configuration: CompactConfiguration, _ reader: inout TensorReader) throws {
        self.engine = engine
        self.stemWindow = ConvolutionWindow(
            sameOver: configuration.inputSize, kernel: configuration.stemKernel, stride: configuration.stemStride)
        self.stem = try Self.convolution(
            engine, &reader, "stem", outputs: configuration.stemOutputs, inputs: 3, kernel: configuration.stemKernel)
        var size = stemWindow.outputSize, blocks: [Block] = []
        for (index, block) in configuration.blocks.enumerated() {
            let name = "blocks.\(index).", width = block.inputs * block.expansion
            let window = ConvolutionWindow(sameOver: size, kernel: block.kernel, stride: block.stride)
            size = window.outputSize
            let expand =
                block.expansion == 1
                ? nil
                : try Self.convolution(engine, &reader, name + "expand", outputs: width, inputs: block.inputs)
            let weights = try reader.floats(name + "depthwise.weight", [width, 1, block.kernel, block.kernel])
            let depthwise = DepthwiseConvolution(
                engine, weights: weights, bias: try reader.floats(name + "depthwise.bias", [width]), window: window)
            let project = try Self.convolution(
                engine, &reader, name + "project", outputs: block.outputs, inputs: width)
            blocks.append(
                Block(
                    expand: expand, depthwise: depthwise, project: project, window: window, residual: block.residual))
        }
        self.blocks = blocks
        self.last = try Self.convolution(
            engine, &reader, "head_conv", outputs: configuration.headOutputs,
            inputs: configuration.blocks.last?.outputs ?? configuration.stemOutputs)
    }

    private static func convolution(
        _ engine: MatrixEngine, _ reader: inout TensorReader, _ name: String, outputs: Int, inputs: Int,
        kernel: Int = 1
    ) throws -> Linear {
        try Linear(
            engine, weights: try reader.floats(name + ".weight", [outputs, inputs, kernel, kernel]),
            bias: try reader.floats(name + ".bias", [outputs]), outputs: outputs, inputs: inputs * kernel * kernel)
    }

    /// - Parameter image: `[3, inputSize, inputSize]`
    func features(_ image: [Float], _ scratch: Scratch) throws(MatrixError) -> Means {
        let windows = scratch.windows, expanded = scratch.expanded, filtered = scratch.filtered
        var current = scratch.current, next = scratch.next
        var means = Means()
        let pixels = stemWindow.outputSize * stemWindow.outputSize
        try windows.reshape(rows: pixels, columns: stem.inputs)
        stemWindow.cut(engine, image, channels: 3, into: windows, from: 0)
        try current.reshape(rows: pixels, columns: stem.outputs)
        try stem(windows, into: current, activation: .relu6)
        for block in blocks {
            var input = current
            if let expand = block.expand {
                try expanded.reshape(rows: current.rows, columns: expand.outputs)
                try expand(current, into: expanded, activation: .relu6)
                input = expanded
            }
            let pixels = block.window.outputSize * block.window.outputSize
            try filtered.reshape(rows: pixels, columns: input.columns)
            block.depthwise(input, into: filtered, batch: 1)
            if block.residual {
                try block.project.add(filtered, to: current)
            } else {
                try next.reshape(rows: pixels, columns: block.project.outputs)
                try block.project(filtered, into: next)
                swap(&current, &next)
            }
            means.blocks.append(current.mean(of: 0..<current.rows))
        }
        try expanded.reshape(rows: current.rows, columns: last.outputs)
        try last(current, into: expanded, activation: .relu6)
        means.pooled = expanded.mean(of: 0..<expanded.rows)
        return means
    }
}
