internal import CMatrixKernels

/// How a floating-point number is stored, least significant byte first.
public enum FloatFormat: Sendable {
    case f32, f16, bf16

    public var bytes: Int {
        switch self {
        case .f32: 4
        case .f16, .bf16: 2
        }
    }

    /// Widens the numbers in `source` to `output`, exactly. `source` need not be aligned.
    public func widen(_ source: UnsafeRawBufferPointer, into output: UnsafeMutableBufferPointer<Float>) {
        precondition(source.count == output.count * bytes)
        switch self {
        case .f32: cm_copy_f32(source.baseAddress, output.count, output.baseAddress)
        case .f16: cm_widen_f16(source.baseAddress, output.count, output.baseAddress)
        case .bf16: cm_widen_bf16(source.baseAddress, output.count, output.baseAddress)
        }
    }
}
