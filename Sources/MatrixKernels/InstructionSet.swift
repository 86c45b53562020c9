internal import CMatrixKernels

/// The instruction sets that the kernels exist for.
public enum InstructionSet: String, CaseIterable, Comparable, Sendable {
    /// Four lanes in plain C: SSE2 or NEON, as the compiler sees fit.
    case portable
    case avx2
    case avx512

    /// The best that this CPU has.
    public static let best: InstructionSet =
        switch cm_best_isa() {
        case CM_ISA_AVX512: .avx512
        case CM_ISA_AVX2: .avx2
        default: .portable
        }

    /// All that this CPU can run.
    public static var available: [InstructionSet] { allCases.filter { $0 <= best } }

    public static func < (left: Self, right: Self) -> Bool { left.code.rawValue < right.code.rawValue }

    var code: cm_isa {
        switch self {
        case .portable: CM_ISA_PORTABLE
        case .avx2: CM_ISA_AVX2
        case .avx512: CM_ISA_AVX512
        }
    }
}
