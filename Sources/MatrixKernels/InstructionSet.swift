internal import CMatrixKernels

/// The instruction sets that the kernels exist for; each holds those before it.
public enum InstructionSet: String, CaseIterable, Comparable, Sendable {
    /// Four lanes in plain C: SSE2 or NEON, as the compiler sees fit.
    case portable
    case avx2
    case avx512
    /// With products of 8-bit integers.
    case avx512VNNI = "avx512_vnni"
    /// With products of bfloat16.
    case avx512BF16 = "avx512_bf16"

    /// The best that this CPU has.
    public static let best: InstructionSet = allCases.first { $0.code == cm_best_isa() } ?? .portable

    /// All that this CPU can run.
    public static var available: [InstructionSet] { allCases.filter { $0 <= best } }

    public static func < (left: Self, right: Self) -> Bool { left.code.rawValue < right.code.rawValue }

    var code: cm_isa {
        switch self {
        case .portable: CM_ISA_PORTABLE
        case .avx2: CM_ISA_AVX2
        case .avx512: CM_ISA_AVX512
        case .avx512VNNI: CM_ISA_AVX512_VNNI
        case .avx512BF16: CM_ISA_AVX512_BF16
        }
    }
}
