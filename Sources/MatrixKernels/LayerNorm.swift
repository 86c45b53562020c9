internal import CMatrixKernels

/// Layer normalisation: each row minus its mean, over its standard deviation, scaled and shifted.
///
/// Source: Ba, Kiros and Hinton, "Layer Normalization", arXiv 1607.06450.
public struct LayerNorm: Sendable {
    private let engine: MatrixEngine
    private let weight, bias: [Float]
    private let epsilon: Float

    /// - Parameters:
    ///   - weight: `[width]`
    ///   - bias: `[width]`
    public init(_ engine: MatrixEngine, weight: [Float], bias: [Float], epsilon: Float) {
        precondition(weight.count == bias.count)
        self.engine = engine
        self.weight = weight
        self.bias = bias
        self.epsilon = epsilon
    }

    /// Normalises the rows of `input` `[rows, width]` into `output`, which may be `input`.
    public func callAsFunction(_ input: Matrix, into output: Matrix) {
        precondition(input.columns == width && output.columns == width && input.rows == output.rows)
        guard input.rows > 0, width > 0 else { return }
        withNorm {
            cm_layer_norm(
                engine.code, engine.threadCount, input.pointer(row: 0, column: 0, width: width), width,
                output.pointer(row: 0, column: 0, width: width), width, input.rows, width, $0)
        }
    }

    var width: Int { weight.count }

    /// Gives `body` the normalisation as the kernels take it.
    func withNorm<Result>(_ body: (UnsafePointer<cm_norm>) -> Result) -> Result {
        weight.withUnsafeBufferPointer { weight in
            bias.withUnsafeBufferPointer { bias in
                var norm = cm_norm(weight: weight.baseAddress, bias: bias.baseAddress, epsilon: epsilon)
                return body(&norm)
            }
        }
    }
}
