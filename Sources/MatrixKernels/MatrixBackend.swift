/// Who multiplies matrices.
public enum MatrixBackend: String, CaseIterable, Sendable {
    /// Our own kernels over packed panels, with bias, activation and residual in the epilogue.
    case native
    /// oneDNN's matmul over its own packed layout. Its AVX-512 kernels are the fastest known; its AVX2 path packs the
    /// weights anew at each call.
    case oneDNN = "onednn"
    /// OpenBLAS' sgemm over plain weights: the oracle of the tests and the last resort.
    case openBLAS = "openblas"
}
