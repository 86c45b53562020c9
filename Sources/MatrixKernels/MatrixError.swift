/// Why a matrix operation could not be set up or run.
public enum MatrixError: Error, Equatable, Sendable {
    /// There is no memory for this many floats.
    case outOfMemory(floats: Int)
    /// oneDNN refused with this status (`dnnl_status_t`).
    case oneDNN(status: Int)
}
