internal import CMatrixKernels

/// How a linear layer keeps its weights, and with what it makes its products.
public enum Precision: String, CaseIterable, Sendable {
    /// 32-bit floats: exact, to rounding.
    case f32
    /// Weights in bfloat16. Products with bfloat16 inputs where the CPU has instructions for them, else with floats.
    case bf16
    /// Weights in 8-bit integers with a scale for each output and block of inputs; inputs are rounded at each call.
    case int8

    /// The precision that a model is served in if nobody asks for another: bfloat16 where the CPU has instructions for
    /// it, else exact floats, which are then as fast.
    public static let standard: Precision = InstructionSet.best >= .avx512BF16 ? .bf16 : .f32

    var code: cm_precision {
        switch self {
        case .f32: CM_F32
        case .bf16: CM_BF16
        case .int8: CM_INT8
        }
    }
}

extension Precision {
    /// For layers after which nothing averages errors out, and which cost little: those that make the final vector.
    public var ofSensitiveLayers: Precision { self == .int8 ? .bf16 : self }
}
