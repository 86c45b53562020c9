internal import CVectorKernels

/// The instruction sets that kernels are written for, narrowest first.
public enum InstructionSet: String, CaseIterable, Sendable {
    case scalar
    case neon
    case avx2
    case avx512
    case avx512VNNI = "avx512_vnni"

    /// The sets that this build has and this CPU can run.
    public static let available = allCases.filter { cvk_kernels_of($0.code) != nil }

    /// The widest available set, capped by the environment variable `CLIPSEARCH_ISA` (a raw value of this type).
    public static let best: InstructionSet = {
        let code = cvk_best_instruction_set()
        return allCases.first { $0.code == code } ?? .scalar
    }()

    var code: cvk_instruction_set {
        switch self {
        case .scalar: CVK_SCALAR
        case .neon: CVK_NEON
        case .avx2: CVK_AVX2
        case .avx512: CVK_AVX512
        case .avx512VNNI: CVK_AVX512_VNNI
        }
    }
}
