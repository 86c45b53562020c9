/// Why a matrix operation could not be set up or run.
public enum MatrixError: Error, Equatable, Sendable {
    case outOfMemory
}
